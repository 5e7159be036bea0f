"""Printing: who gets a letter, what stands on it, who gets none and why, and one file of them all."""

from typing import Any

import pytest

from app.letters import printing
from app.letters.postcodes import parted
from tests.letters.conftest import PostRoom
from tests.support.people import hire, role_id
from tests.support.statements import sent
from tests.support.store import Store

_PERSON = (
    "INSERT INTO campaign_people (tenant_id, id, campaign_id, contact_id, place, same_address, planned_at) "
    "VALUES (%s, gen_random_uuid(), %s, %s, %s, false, now())"
)
_MESSAGE = (
    "INSERT INTO outreach_messages (tenant_id, id, key, purpose, contact_id, origin_type, origin_id, "
    "origin_label, choices, place, state, due_at, next_at, expires_at, created_at) VALUES (%s, "
    "gen_random_uuid(), %s, 'service', %s, 'campaign', %s, 'x', '[]', 0, %s, now(), now(), now(), now())"
)
HOSTILE = '#panic("x") *粗* $a$ [b] <i> @c `d` \\ //e'


def test_each_gets_a_letter_of_their_own(room: PostRoom) -> None:
    works = room.customer("宏远机械")
    room.contact("张建国", works, gender="male")
    room.contact("李梅", works)
    letter = room.letter(heading="致客户", salutation="尊敬的{{contact.salutation}}：", signature="澄川")
    pages = room.printed(letter)
    assert len(pages) == 2
    assert sum("尊敬的张先生：" in page for page in pages) == 1
    assert sum("尊敬的李梅：" in page for page in pages) == 1
    assert all("致客户" in page and "澄川" in page for page in pages)


def test_who_gets_none_is_told_with_the_reason(room: PostRoom) -> None:
    works, nowhere = room.customer("宏远机械"), room.customer("无址公司", None)
    room.contact("张建国", works)
    room.contact("无址", nowhere)
    room.contact("独行")
    room.contact("小朋友", works, birthday={"calendar": "solar", "month": 5, "day": 1, "year": 2020})
    quiet = room.contact("勿扰", works)
    said = {"about": "do-not-contact", "holds": True, "source": "spoken", "evidence": "电话"}
    assert room.browser.post(f"/contacts/{quiet['id']}/consent-entries", said).status_code == 201
    letter = room.letter()
    told = room.browser.get(f"/letters/{letter['id']}/forecast").json
    assert (told["total"], told["ready"]) == (5, 1)
    assert {one["reason"]: one["count"] for one in told["reasons"]} == {
        "letter-no-address": 2, "letter-minor": 1, "letter-do-not-contact": 1,
    }  # fmt: skip
    job = room.ask(letter)
    room.work()
    done = room.job(job)
    assert (done["state"], done["total"], done["done"], done["succeeded"], done["skipped"]) == (
        "succeeded", 5, 5, 1, 4,
    )  # fmt: skip
    assert dict(room.rows(job, "skipped")) == {
        "无址": ["没有地址"], "独行": ["没有地址"], "小朋友": ["未成年人"], "勿扰": ["要求勿扰"],
    }  # fmt: skip
    assert room.rows(job, "succeeded") == [("张建国", [])]


def test_what_is_not_known_of_somebody_keeps_their_letter_back(room: PostRoom) -> None:
    works = room.customer("宏远机械")
    room.contact("张建国", works, title="厂长")
    room.contact("李梅", works)
    job = room.ask(room.letter(body="{{contact.title}}好"))
    room.work()
    assert room.rows(job, "skipped") == [("李梅", ["缺资料：联系人职务"])]
    assert len(room.pages(job)) == 1
    assert len(room.printed(room.letter(body="{{contact.title|您}}好"))) == 2


def test_a_customer_gets_one_if_so_wanted(room: PostRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    # Across the edge of what is sorted at once, too.
    monkeypatch.setattr(printing, "SORTED", 2)
    works = room.customer("宏远机械")
    quiet = room.contact("张建国", works, is_primary=True)
    said = {"about": "do-not-contact", "holds": True, "source": "spoken", "evidence": "电话"}
    assert room.browser.post(f"/contacts/{quiet['id']}/consent-entries", said).status_code == 201
    for name in ("李梅", "王强", "赵敏"):
        room.contact(name, works)
    job = room.ask(room.letter(one_each=True))
    room.work()
    assert [one[0] for one in room.rows(job, "succeeded")] == ["李梅"]
    assert room.rows(job, "skipped") == [
        ("张建国", ["要求勿扰"]), ("王强", ["同一客户已有一份"]), ("赵敏", ["同一客户已有一份"]),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["letter", "envelope-dl", "envelope-c5", "envelope-zl", "labels-3x8"])
def test_what_people_have_written_is_never_run(room: PostRoom, form: str) -> None:
    works = room.customer(HOSTILE, f"{HOSTILE} 路 1 号")
    room.contact(HOSTILE, works)
    body = f"{HOSTILE}\n{{{{contact.name}}}}"
    [page] = room.printed(room.letter(body=body, sender_name=HOSTILE), paper=form)
    wanted = HOSTILE.replace(" ", "")
    assert page.replace(" ", "").replace("\n", "").count(wanted) >= 2


def test_labels_go_on_where_a_sheet_was_left(room: PostRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "SET", 24)
    works = room.customer("宏远机械")
    for n in range(30):
        room.contact(f"工程师{n:02}", works)
    letter = room.letter()
    pages = room.printed(letter, paper="labels-3x8", first=20)
    assert [page.count("工程师") for page in pages] == [5, 24, 1]
    pages = room.printed(letter, paper="labels-2x7")
    assert [page.count("工程师") for page in pages] == [14, 14, 2]
    refused = room.browser.post(f"/letters/{letter['id']}/printings", {"paper": "labels-2x7", "first": 15})
    assert refused.status_code == 422
    assert [(one["field"], one["code"]) for one in refused.json["errors"]] == [
        ("first", "letter-no-such-label")
    ]
    assert len(room.browser.get(f"/letters/{letter['id']}/printings").json["items"]) == 2


def test_the_postcode_stands_in_its_boxes(room: PostRoom) -> None:
    room.contact("张建国", room.customer("宏远机械"), gender="male")
    [page] = room.printed(room.letter(sender_name="澄川"), paper="envelope-dl")
    lines = page.split("\n")
    assert "江苏省苏州市人民路 1888 号" in lines
    assert "张建国 先生 收" in lines
    assert "".join(one for one in "".join(lines[:6]) if one.isdigit()).startswith("215000")


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("上海市张江路 1 号 201203", ("201203", "上海市张江路 1 号")),
        ("上海市张江路 1 号（邮编：201203）", ("201203", "上海市张江路 1 号")),
        ("201203 上海市张江路 1 号", ("201203", "上海市张江路 1 号")),
        ("邮政编码 201203，上海市张江路", ("201203", "上海市张江路")),
        ("上海市张江路 1 号 联系 13800001234", (None, "上海市张江路 1 号 联系 13800001234")),
        ("工业园 912345", (None, "工业园 912345")),
        ("201203", (None, "201203")),
    ],
)
def test_a_postcode_is_read_out_of_an_address(address: str, wanted: Any) -> None:
    assert parted(address) == wanted


def test_only_those_whom_a_campaign_did_not_reach(room: PostRoom, store: Store) -> None:
    works = room.customer("宏远机械")
    for name in ("收到", "没收到", "没写"):
        room.contact(name, works)
    template = room.browser.post(
        "/message-templates",
        {"name": "通知", "way": "mail", "purpose": "service", "subject": "通", "body": "<p>知</p>"},
    ).json
    choices = [{"way": "mail", "template_id": template["id"]}]
    told = {"name": "通知", "purpose": "service", "audience": {}, "choices": choices}
    campaign = room.made("/campaigns", told)
    _meant(room, store, campaign["id"], {"收到": "delivered", "没收到": "failed", "没写": None})
    everybody = room.letter(campaign_id=campaign["id"])
    unreached = room.letter(campaign_id=campaign["id"], campaign_part="unreached")
    assert everybody["campaign"] == {"id": campaign["id"], "name": "通知"}
    assert len(room.printed(everybody)) == 3
    job = room.ask(unreached)
    room.work()
    assert {one[0] for one in room.rows(job, "succeeded")} == {"没收到", "没写"}


def _meant(room: PostRoom, store: Store, campaign: str, states: dict[str, str | None]) -> None:
    here = room.company.tenant_id
    people = room.browser.get("/contacts").json["items"]
    ids = {one["name"]: one["id"] for one in people}
    for n, (name, state) in enumerate(states.items()):
        store.rows(_PERSON, here, campaign, ids[name], n)
        if state:
            store.rows(_MESSAGE, here, f"test:{n}", ids[name], campaign, state)


def test_letters_go_only_to_those_whom_one_sees(room: PostRoom) -> None:
    room.contact("张建国", room.customer("宏远机械"))
    letter, path = room.letter(), "/letters/{}/printings"
    marketing = hire(room.company, "marketing").browser
    theirs = PostRoom(room.company, marketing)
    assert len(theirs.printed(letter)) == 1
    grants = {"message:manage": "all", "contact:read": "own", "customer:read": "own"}
    made = room.browser.post("/roles", {"name": "只看自己的", "permissions": grants})
    assert made.status_code == 201, made.json
    narrow = PostRoom(room.company, hire(room.company, "只看自己的").browser)
    refused = narrow.browser.post(path.format(letter["id"]), {})
    assert [(one["field"], one["code"]) for one in refused.json["errors"]] == [("audience", "letter-nobody")]
    seller = hire(room.company, "sales").browser
    assert seller.post(path.format(letter["id"]), {}).status_code == 403
    assert seller.get("/letters").status_code == 403
    assert len(room.browser.get(path.format(letter["id"])).json["items"]) == 1


def test_whoever_may_not_read_addresses_prints_none(room: PostRoom) -> None:
    room.contact("张建国", room.customer("宏远机械"))
    letter = room.letter()
    rights = {"rights": {role_id(room.company, "marketing"): {"address": "hidden"}}}
    path = "/record-kinds/customer/rights"
    assert room.browser.put(path, rights).status_code in {200, 204}
    marketing = hire(room.company, "marketing").browser
    for answer in (
        marketing.post(f"/letters/{letter['id']}/printings", {}),
        marketing.get(f"/letters/{letter['id']}/forecast"),
    ):
        assert (answer.status_code, answer.json["code"]) == (403, "letter-address-hidden")
    assert room.browser.get(f"/letters/{letter['id']}/printings").json["items"] == []


def test_what_was_asked_for_is_printed(room: PostRoom) -> None:
    room.contact("张建国", room.customer("宏远机械"))
    letter = room.letter(body="原来的话")
    job = room.ask(letter)
    path = f"/letters/{letter['id']}"
    assert room.browser.patch(path, {"body": "后来的话"}, version=letter["version"]).status_code == 200
    room.work()
    [page] = room.pages(job)
    assert "原来的话" in page
    [printing_] = room.browser.get(f"{path}/printings").json["items"]
    assert (printing_["paper"], printing_["state"], printing_["succeeded"]) == ("letter", "succeeded", 1)
    assert room.browser.get(path).json["printings"] == 1


def test_a_printing_can_be_cancelled(room: PostRoom) -> None:
    room.contact("张建国", room.customer("宏远机械"))
    job = room.ask(room.letter())
    assert room.browser.post(f"/jobs/{job['id']}/cancellation", {}).json["state"] == "cancelled"
    room.work()
    assert room.browser.get(f"/jobs/{job['id']}/file").status_code == 404


def test_without_anybody_who_can_be_written_to_there_is_no_file(room: PostRoom) -> None:
    room.contact("独行")
    job = room.ask(room.letter())
    room.work()
    done = room.job(job)
    assert (done["state"], done["file"], done["skipped"]) == ("succeeded", None, 1)


def test_many_take_no_statement_each(room: PostRoom) -> None:
    works = room.customer("宏远机械")

    def count(people: int) -> int:
        for n in range(people):
            room.contact(f"工程师{n:02}", works)
        room.ask(room.letter())
        with sent() as seen:
            room.work()
        return len(seen)

    few = count(5)
    assert count(25) == few
