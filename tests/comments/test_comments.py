"""Comments hang on records of any kind, and are read by whoever reads the record."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.comments import tidying
from app.comments.tidying import KEPT
from app.core import clock
from app.core.ids import new_id
from tests.activities.people import activity, task
from tests.comments.words import bells, faults, said, say
from tests.contacts.people import contact, customer
from tests.support.client import Company
from tests.support.people import change, department, hire
from tests.support.store import Store


@pytest.mark.parametrize("type_", ["customer", "contact", "activity", "task"])
def test_can_be_made_on_every_kind_of_record(company: Company, type_: str) -> None:
    admin, made = company.admin, customer(company.admin)
    record = {
        "customer": lambda: made,
        "contact": lambda: contact(admin, customer_id=made["id"]),
        "activity": lambda: activity(admin, made["id"]),
        "task": lambda: task(admin, customer_id=made["id"]),
    }[type_]()
    answer = say(admin, record, "  价格表已更新\n请看附件 ", type_)
    assert answer.status_code == 201, answer.json
    body = answer.json
    assert answer.headers["Location"] == f"/api/v1/comments/{body['id']}"
    assert (body["text"], body["kind"], body["author"]["name"]) == (
        "价格表已更新\n请看附件",
        "comment",
        "秦明远",
    )
    assert body["record"] == {"type": type_, "id": record["id"]}
    assert (body["mentions"], body["edited_at"]) == ([], None)
    assert body["can"] == {"update": True, "delete": True}
    assert admin.get(f"/comments/{body['id']}").json == body
    assert said(admin, record, type_) == ["价格表已更新\n请看附件"]


def test_are_read_page_by_page_the_latest_first(company: Company) -> None:
    made = customer(company.admin)
    for number in range(5):
        assert say(company.admin, made, f"第 {number} 条").status_code == 201
    found, cursor = [], ""
    while cursor is not None:
        page = company.admin.get(f"/records/customer/{made['id']}/comments?limit=2{cursor}").json
        found += [item["text"] for item in page["items"]]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert found == [f"第 {number} 条" for number in (4, 3, 2, 1, 0)]


def test_do_not_exist_for_whoever_does_not_see_the_record(company: Company) -> None:
    made = customer(company.admin)
    comment = say(company.admin, made, "内部意见").json
    seller = hire(company, "sales").browser
    for path in (f"/records/customer/{made['id']}/comments", f"/comments/{comment['id']}"):
        assert seller.get(path).status_code == 404
    assert say(seller, made, "我也说一句").status_code == 404
    assert seller.get(f"/records/customer/{made['id']}/mention-options").status_code == 404
    assert said(company.admin, made) == ["内部意见"]


def test_whoever_only_looks_says_nothing(company: Company) -> None:
    made = customer(company.admin)
    viewer = hire(company, "viewer").browser
    assert say(viewer, made, "看看").status_code == 403
    assert said(viewer, made) == []


@pytest.mark.parametrize(("text", "code"), [("", "required"), ("  ", "required"), ("长" * 2001, "too-long")])
def test_say_something_and_not_too_much(company: Company, text: str, code: str) -> None:
    made = customer(company.admin)
    assert faults(say(company.admin, made, text)) == [("text", code)]
    assert said(company.admin, made) == []


def test_a_colleague_who_is_mentioned_hears_the_bell(company: Company) -> None:
    made = customer(company.admin, "澄江机械")
    reader = hire(company, "finance", name="顾青")
    answer = say(company.admin, made, f"@{{{reader.id}}} 请核对账期")
    assert answer.status_code == 201
    assert answer.json["mentions"] == [{"id": reader.id, "name": "顾青"}]
    assert bells(reader.browser) == [
        (
            "秦明远 在“澄江机械”的评论里提到了你",
            "@顾青 请核对账期",
            f"/customers/{made['id']}?tab=comments",
        )
    ]
    assert bells(company.admin) == [b for b in bells(company.admin) if "提到了你" not in b[0]]


def test_a_mention_goes_by_the_name_one_has_now(company: Company) -> None:
    made = customer(company.admin)
    reader = hire(company, "finance", name="顾青")
    say(company.admin, made, f"@{{{reader.id}}} 请看")
    assert reader.browser.patch("/profile", {"name": "顾清"}).status_code == 200
    shown = company.admin.get(f"/records/customer/{made['id']}/comments").json["items"][0]
    assert shown["mentions"] == [{"id": reader.id, "name": "顾清"}]
    told = company.admin.get(f"/customers/{made['id']}/timeline?kind=comment").json["items"]
    assert told[0]["comment"]["mentions"] == [{"id": reader.id, "name": "顾清"}]


def test_only_whoever_sees_the_record_can_be_mentioned(company: Company, other_company: Company) -> None:
    made = customer(company.admin)
    seller = hire(company, "sales", name="陈屿")
    answer = say(company.admin, made, f"@{{{seller.id}}} 帮忙看下")
    assert faults(answer) == [("text", "mention-unseen")]
    assert answer.json["errors"][0]["message"] == "陈屿 看不到这条记录，不能提到"
    for nobody in (str(new_id()), other_company.user_id):
        assert faults(say(company.admin, made, f"@{{{nobody}}} 在吗")) == [("text", "mention-unknown")]
    assert said(company.admin, made) == []
    assert bells(seller.browser) == []


def test_a_disabled_colleague_is_not_mentioned(company: Company) -> None:
    made = customer(company.admin)
    reader = hire(company, "finance")
    assert change(company.admin, f"/users/{reader.id}", state="disabled").status_code == 200
    assert faults(say(company.admin, made, f"@{{{reader.id}}}")) == [("text", "mention-unknown")]


def test_offers_those_who_see_the_record(company: Company) -> None:
    team = department(company, "华东")
    boss = hire(company, "manager", name="上官", department_id=team)
    seller = hire(company, "sales", name="陈屿", department_id=team)
    hire(company, "sales", name="旁人", department_id=team)
    helper = hire(company, "sales", name="帮手")
    made = customer(seller.browser)
    path = f"/records/customer/{made['id']}/mention-options"

    def offered(query: str = "") -> list[tuple[str, str | None]]:
        answer = seller.browser.get(f"{path}{query}")
        assert answer.status_code == 200
        return [(item["name"], item["department_name"]) for item in answer.json["items"]]

    assert offered() == [("秦明远", company.name), ("上官", "华东")]
    shared = company.admin.put(
        f"/customers/{made['id']}/collaborators", {"user_ids": [helper.id]}, headers={"If-Match": '"1"'}
    )
    assert shared.status_code == 200
    assert ("帮手", company.name) in offered()
    assert offered("?q=shangguan") == [("上官", "华东")]
    assert say(seller.browser, made, f"@{{{helper.id}}} @{{{boss.id}}}").status_code == 201


def test_an_edit_tells_only_those_who_were_not_mentioned_before(company: Company) -> None:
    made = customer(company.admin)
    first, second = hire(company, "finance", name="顾青"), hire(company, "finance", name="沈默")
    comment = say(company.admin, made, f"@{{{first.id}}} 请看").json
    sent = {"text": f"@{{{first.id}}} @{{{second.id}}} 请看"}
    path = f"/comments/{comment['id']}"
    assert company.admin.patch(path, sent).status_code == 428
    answer = company.admin.patch(path, sent, version=comment["version"])
    assert answer.status_code == 200
    assert answer.json["edited_at"] is not None
    assert len(bells(first.browser)) == len(bells(second.browser)) == 1
    stale = company.admin.patch(path, {"text": "又改"}, version=comment["version"])
    assert stale.status_code == 412


def test_nobody_changes_the_words_of_another(company: Company) -> None:
    made = customer(company.admin)
    seller = hire(company, "service").browser
    comment = say(seller, made, "客户说周五付款").json
    path = f"/comments/{comment['id']}"
    assert company.admin.get(path).json["can"] == {"update": False, "delete": False}
    assert company.admin.patch(path, {"text": "改"}, version=1).status_code == 403
    assert company.admin.delete(path, version=1).status_code == 403
    assert company.admin.post(f"{path}/restoration").status_code == 403
    assert seller.post(f"{path}/restoration").status_code == 200
    assert said(seller, made) == ["客户说周五付款"]


def test_can_be_taken_back_and_restored(company: Company) -> None:
    made = customer(company.admin)
    comment = say(company.admin, made, "说错了").json
    path = f"/comments/{comment['id']}"
    assert company.admin.delete(path, version=1).status_code == 204
    assert said(company.admin, made) == []
    assert company.admin.get(path).status_code == 404
    assert company.admin.get(f"/customers/{made['id']}/timeline?kind=comment").json["items"] == []
    restored = company.admin.post(f"{path}/restoration")
    assert (restored.status_code, restored.json["text"]) == (200, "说错了")
    assert said(company.admin, made) == ["说错了"]


def test_is_forgotten_a_week_after_it_was_taken_back(
    company: Company, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = customer(company.admin)
    gone, kept = (say(company.admin, made, text).json for text in ("说错了", "留着"))
    assert company.admin.delete(f"/comments/{gone['id']}", version=1).status_code == 204
    now = clock.now()
    for days, left in ((KEPT - timedelta(hours=1), 2), (KEPT + timedelta(hours=1), 1)):
        monkeypatch.setattr(clock, "now", lambda days=days: now + days)
        with company.app.app_context():
            tidying.sweep()
        assert len(store.ids("comments", company.tenant_id)) == left
    monkeypatch.undo()
    assert said(company.admin, made) == ["留着"]
    assert store.ids("comments", company.tenant_id) == [kept["id"]]


def test_go_with_their_record(company: Company, store: Store) -> None:
    admin, made = company.admin, customer(company.admin)
    person = contact(admin, customer_id=made["id"])
    call = activity(admin, made["id"])
    todo = task(admin)
    for record, type_ in ((made, "customer"), (person, "contact"), (call, "activity"), (todo, "task")):
        assert say(admin, record, "意见", type_).status_code == 201
    assert admin.delete(f"/tasks/{todo['id']}", version=1).status_code == 204
    assert admin.get(f"/records/task/{todo['id']}/comments").status_code == 404
    admin.post(f"/tasks/{todo['id']}/restoration")
    assert said(admin, todo, "task") == ["意见"]
    assert admin.delete(f"/customers/{made['id']}", version=1).status_code == 204
    assert admin.get(f"/records/contact/{person['id']}/comments").status_code == 404
    restored = admin.post(f"/recycle-bin/customer/{made['id']}/restoration")
    assert said(admin, person, "contact") == ["意见"]
    version = restored.json["version"]
    assert admin.delete(f"/customers/{made['id']}", version=version).status_code == 204
    purged = admin.delete(f"/recycle-bin/customer/{made['id']}", version=version + 1)
    assert purged.status_code == 204, purged.json
    assert len(store.ids("comments", company.tenant_id)) == 1


def test_the_trail_keeps_what_was_said_by_name(company: Company, store: Store) -> None:
    made = customer(company.admin, "澄江机械")
    reader = hire(company, "finance", name="顾青")
    comment = say(company.admin, made, f"@{{{reader.id}}} 请看").json
    company.admin.patch(f"/comments/{comment['id']}", {"text": "不用看了"}, version=1)
    rows = store.rows(
        "SELECT action, changes, about_id FROM audit_records"
        " WHERE tenant_id = %s AND subject_id = %s ORDER BY at, id",
        company.tenant_id,
        comment["id"],
    )
    assert [(row["action"], row["changes"], row["about_id"]) for row in rows] == [
        ("created", [{"field": "text", "before": None, "after": "@顾青 请看"}], UUID(made["id"])),
        ("updated", [{"field": "text", "before": "@顾青 请看", "after": "不用看了"}], UUID(made["id"])),
    ]
