"""Care rules as files tell of them."""

from tests.care.site import after_service, birthday, message, rule, task
from tests.exports.conftest import Counter
from tests.support.people import hire

NAMES = ["name", "state", "trigger", "sentence", "whom", "purpose", "running", "owner"]


def test_rules_are_told_with_what_they_wait_for_and_do(counter: Counter) -> None:
    rule(counter.browser, birthday())
    wanted = after_service(
        message(amount=1, unit="week"), task("给{{contact.name}}打电话", amount=2, unit="hour")
    )
    rule(counter.browser, wanted)
    heading, first, second = counter.rows(type="care-rule", field_names=NAMES, sort="name")
    assert heading == ["规则名称", "状态", "触发", "做什么", "发给谁", "用途", "进行中", "负责人"]
    after = "1 周后 09:00 发邮件；2 小时后 安排任务“给〔联系人姓名〕打电话”"
    assert first == ["服务回访", "草稿", "完成一次服务", after, "记录上的联系人", "服务", "0", "秦明远"]
    assert second == [
        "生日祝福",
        "草稿",
        "生日",
        "当天 09:00 发邮件",
        "记录上的联系人",
        "关怀",
        "0",
        "秦明远",
    ]


def test_only_some_rules_are_asked_for(counter: Counter) -> None:
    rule(counter.browser, birthday())
    asked = {"field": "trigger_kind", "op": "eq", "value": "event"}
    assert counter.rows(type="care-rule", field_names=["name"], filter=asked) == [["规则名称"]]


def test_who_may_not_see_rules_takes_none_out(counter: Counter) -> None:
    seller = hire(counter.company, "sales")
    answer = seller.browser.post("/exports", {"type": "care-rule", "format": "csv"})
    assert answer.status_code == 403
    assert counter.browser.get("/jobs").json["items"] == []
