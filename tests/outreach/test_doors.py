"""Writing to somebody by hand, following a message, taking it back, trying again."""

from typing import Any

import pytest

from app.core import clock
from tests.consents.people import MAIL, note, somebody
from tests.contacts.people import contact, worker
from tests.fakes.provider import Provider
from tests.outreach.desk import Desk
from tests.support.client import Browser, Company
from tests.support.people import hire, role_id
from tests.support.statements import sent

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def providers(sms: Provider, mail: Provider) -> None:
    """Nothing leaves the process."""


def open_all_day(company: Company) -> None:
    """The company writes at any hour: these tests run at any."""
    rules = company.admin.get("/calm-policy").json
    changed = [{**one, "begins": "00:00", "ends": "23:59"} for one in rules["rules"]]
    answer = company.admin.patch("/calm-policy", {"rules": changed}, version=rules["version"])
    assert answer.status_code == 200, answer.json


def write(browser: Browser, one: Json, *template_ids: object) -> Any:
    body = {"contact_id": one["id"], "template_ids": [str(template_id) for template_id in template_ids]}
    return browser.post("/outreach-messages", body)


def test_a_message_by_hand_is_followed_to_its_end(company: Company, desk: Desk, mail: Provider) -> None:
    open_all_day(company)
    one = somebody(company.admin, name="李丹")
    made = write(company.admin, one, desk.template("sms"), desk.template())
    assert made.status_code == 201, made.json
    told = made.json
    assert (told["state"], told["origin"]["type"], told["created_by"]["name"]) == (
        "waiting",
        "by-hand",
        "秦明远",
    )
    assert [(choice["way"], choice["template"]["name"]) for choice in told["choices"]] == [
        ("sms", "模板sms"), ("mail", "模板mail"),
    ]  # fmt: skip
    note(company.admin, one, holds=False, purposes=["care"], ways=["sms"])
    live(desk)
    shown = company.admin.get(f"/outreach-messages/{told['id']}").json
    assert (shown["state"], shown["way"], shown["said"]) == ("sent", "mail", "生日快乐")
    assert [(t["way"], t["state"], t["reason"]) for t in shown["tries"]] == [
        ("sms", "suppressed", "withdrawn"), ("mail", "sent", None),
    ]  # fmt: skip
    delivery = shown["tries"][1]["delivery"]
    assert (delivery["address"], delivery["text"].strip()) == (MAIL, "祝李丹生日快乐")
    assert shown["can"] == {"cancel": False, "retry": False}


def live(desk: Desk) -> None:
    """Let the workers run on this very day."""

    desk.now = clock.now()
    desk.run()


def test_a_preview_writes_nothing(company: Company, desk: Desk) -> None:
    open_all_day(company)
    one = somebody(company.admin, name="李丹")
    template_id = desk.template()
    body = {"contact_id": one["id"], "template_ids": [str(template_id)]}
    seen = company.admin.post("/outreach-previews", body)
    assert seen.status_code == 200, seen.json
    assert (seen.json["way"], seen.json["subject"], seen.json["reason"]) == ("mail", "生日快乐", None)
    note(company.admin, one, about="do-not-contact", evidence=None)
    seen = company.admin.post("/outreach-previews", body)
    assert (seen.json["way"], seen.json["reason"]) == (None, "do-not-contact")
    assert company.admin.get("/outreach-messages").json["items"] == []


def test_what_nothing_would_come_of_is_refused(company: Company, desk: Desk) -> None:
    one = somebody(company.admin)
    note(company.admin, one, about="do-not-contact", evidence=None)
    refused = write(company.admin, one, desk.template())
    assert (refused.status_code, refused.json["code"]) == (409, "message-cannot-be-sent")
    draft = write(company.admin, somebody(company.admin), desk.template(state="draft"))
    assert (draft.status_code, draft.json["errors"][0]["field"]) == (422, "template_ids")
    mixed = write(company.admin, somebody(company.admin), desk.template(), desk.template(purpose="service"))
    assert mixed.json["errors"][0]["code"] == "purposes-differ"
    assert company.admin.get("/outreach-messages").json["items"] == []


def test_what_waits_can_be_taken_back_and_sent_after_all(
    company: Company, desk: Desk, mail: Provider
) -> None:
    open_all_day(company)
    told = write(company.admin, somebody(company.admin), desk.template()).json
    assert told["can"] == {"cancel": True, "retry": False}
    gone = company.admin.post(f"/outreach-messages/{told['id']}/cancellation")
    assert (gone.json["state"], gone.json["reason"]) == ("cancelled", "by-hand")
    live(desk)
    assert mail.taken == []
    late = company.admin.post(f"/outreach-messages/{told['id']}/cancellation")
    assert (late.status_code, late.json["code"]) == (409, "message-on-its-way")
    again = company.admin.post(f"/outreach-messages/{told['id']}/repetition")
    assert (again.status_code, again.json["state"]) == (201, "waiting")
    live(desk)
    assert len(mail.taken) == 1
    over = company.admin.post(f"/outreach-messages/{told['id']}/repetition")
    assert (over.status_code, over.json["code"]) == (409, "message-not-over")


def test_one_sees_the_messages_of_contacts_that_one_sees(company: Company, desk: Desk) -> None:
    seller = worker(company)
    theirs, ours = somebody(company.admin), contact(seller.browser, email="x@example.com")
    desk.plan(
        desk.occasion(theirs, ("mail", desk.template())), desk.occasion(ours, ("mail", desk.template()))
    )
    everything = company.admin.get("/outreach-messages?total=true").json
    assert (len(everything["items"]), everything["total"]["count"]) == (2, 2)
    seen = seller.browser.get("/outreach-messages").json["items"]
    assert [one["contact"]["id"] for one in seen] == [ours["id"]]
    hidden = next(one for one in everything["items"] if one["contact"]["id"] == theirs["id"])
    for path in ("", "/cancellation", "/repetition"):
        ask = seller.browser.post if path else seller.browser.get
        assert ask(f"/outreach-messages/{hidden['id']}{path}").status_code == 404
    assert [state for state, _ in desk.states()] == ["waiting", "waiting"]


def test_a_list_costs_the_same_for_few_and_many(company: Company, desk: Desk) -> None:
    template = desk.template()
    counts = []
    for n in (1, 9):
        desk.plan(*(desk.occasion(somebody(company.admin), ("mail", template)) for _ in range(n)))
        company.admin.get("/outreach-messages")
        with sent() as statements:
            company.admin.get("/outreach-messages")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_words_are_kept_from_whom_rights_hide_something_in_them(
    company: Company, desk: Desk, mail: Provider
) -> None:
    open_all_day(company)
    plain, telling = desk.template(), desk.template(subject="{{contact.title}}", body="<p>恭喜</p>")
    for template in (plain, telling):
        write(company.admin, somebody(company.admin, title="总监"), template)
    live(desk)
    assert [letter.facts["subject"] for letter in mail.taken] == ["生日快乐", "总监"]
    grants = dict.fromkeys(("contact:read", "customer:read"), "all")
    assert company.admin.post("/roles", {"name": "运营", "permissions": grants}).status_code == 201
    clerk = hire(company, "运营").browser
    rights = {role_id(company, "运营"): {"title": "hidden"}}
    assert company.admin.put("/record-kinds/contact/rights", {"rights": rights}).status_code == 200
    telling_id = next(one.id for one in desk.messages() if one.choices[0]["template_id"] == str(telling))
    seen = {}
    for browser in (company.admin, clerk):
        items = browser.get("/outreach-messages").json["items"]
        told = [(item["said"], item["withheld"]) for item in items]
        [attempt] = browser.get(f"/outreach-messages/{telling_id}").json["tries"]
        words = [attempt["delivery"][name] for name in ("subject", "text", "html", "withheld")]
        seen[browser] = (sorted(told, key=str), words)
    everything, some = seen.values()
    assert everything[0] == [("总监", False), ("生日快乐", False)]
    assert some[0] == [("生日快乐", False), (None, True)]
    assert (everything[1][0], everything[1][3]) == ("总监", False)
    assert some[1] == [None, None, None, True]
