"""Messages to people outside as files tell of them."""

from tests.exports.conftest import Counter
from tests.outreach.desk import Desk


def test_messages_are_written_down_with_what_came_of_them(counter: Counter) -> None:
    desk = Desk(counter.company)
    contact = counter.browser.post("/contacts", {"name": "林工", "email": "lin@example.com"}).json
    template = desk.template(purpose="service")
    sent = counter.browser.post(
        "/outreach-messages", {"contact_id": contact["id"], "template_ids": [str(template)]}
    )
    assert sent.status_code == 201, sent.json
    origin = sent.json["origin"]
    names = ["contact", "customer", "origin", "purpose", "way", "state", "reason", "created_by"]
    heading, row = counter.rows(
        type="outreach-message",
        field_names=names,
        filter={"field": "origin_id", "op": "eq", "value": origin["id"]},
    )
    assert dict(zip(heading, row, strict=True)) == {
        "联系人": "林工", "客户": "", "来源": origin["label"], "用途": "服务", "方式": "", "结果": "等待发送",
        "原因": "", "发送人": "秦明远",
    }  # fmt: skip


def test_messages_of_others_are_not_in_the_file(counter: Counter) -> None:
    assert [len(one) for one in counter.rows(type="outreach-message", field_names=["contact"])] == [1]
