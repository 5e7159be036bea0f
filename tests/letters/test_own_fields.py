"""Own fields in letters: said to each, refused where there is no such field, hidden from some."""

from tests.fields.conftest import Workshop
from tests.letters.conftest import PostRoom
from tests.support.people import hire


def test_each_reads_what_their_customer_has(room: PostRoom) -> None:
    Workshop(room.company).define("等级", "text", key="c_level")
    works = room.made("/customers", {"name": "宏远", "address": "苏州 1 号", "custom": {"c_level": "金牌"}})
    room.contact("张建国", works)
    room.contact("李梅", room.customer("无级公司"))
    job = room.ask(room.letter(body="您是{{customer.c_level}}客户"))
    room.work()
    assert ["您是金牌客户" in page for page in room.pages(job)] == [True]
    assert room.rows(job, "skipped") == [("李梅", ["缺资料：客户·等级"])]


def test_a_field_that_there_is_not_is_refused(room: PostRoom) -> None:
    refused = room.browser.post("/letters", {"name": "x", "body": "{{customer.c_no}}", "audience": {}})
    assert [(one["field"], one["code"]) for one in refused.json["errors"]] == [
        ("body", "template-unknown-variable")
    ]
    assert room.browser.get("/letters").json["items"] == []


def test_a_field_that_its_reader_may_not_see_is_not_printed(room: PostRoom) -> None:
    workshop = Workshop(room.company)
    workshop.define("等级", "text", key="c_level")
    works = room.made("/customers", {"name": "宏远", "address": "苏州 1 号", "custom": {"c_level": "金牌"}})
    room.contact("张建国", works)
    letter = room.letter(body="您是{{customer.c_level|尊贵}}客户")
    assert "您是金牌客户" in room.printed(letter)[0]
    everybody = {"message:manage": "all", "customer:read": "all", "contact:read": "all"}
    role = room.made("/roles", {"name": "寄信", "permissions": everybody})
    clerk = PostRoom(room.company, hire(room.company, "寄信").browser)
    hidden = {role["id"]: {"c_level": "hidden"}}
    assert room.browser.put("/record-kinds/customer/rights", {"rights": hidden}).status_code == 200
    assert "您是尊贵客户" in clerk.printed(letter)[0]
