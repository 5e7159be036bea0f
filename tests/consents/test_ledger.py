"""What is noted of a contact, and whether they may then be written to."""

from datetime import timedelta
from typing import Any

import pytest

from app.core import clock
from tests.consents.people import MAIL, PHONE, consents, note, obstacles, somebody
from tests.contacts.people import worker
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent

UNASKED = {
    "sms marketing": "no-consent",
    "sms care": None,
    "sms service": None,
    "mail marketing": "no-consent",
    "mail care": None,
    "mail service": None,
}


@pytest.fixture
def one(company: Company) -> dict[str, Any]:
    return somebody(company.admin)


def test_offers_need_consent_and_care_needs_none(company: Company, one: dict[str, Any]) -> None:
    shown = consents(company.admin, one)
    assert obstacles(shown) == UNASKED
    assert [(way["way"], way["address"]) for way in shown["ways"]] == [
        ("sms", PHONE), ("mail", MAIL), ("wechat", None),
    ]  # fmt: skip
    assert {cell["obstacle"] for cell in shown["ways"][2]["purposes"]} == {"no-address"}
    assert (shown["do_not_contact"], shown["minor"], shown["entries"]) == (False, False, [])


def test_what_was_said_last_holds_however_late_it_is_noted(company: Company, one: dict[str, Any]) -> None:
    refused = note(company.admin, one, holds=False, purposes=["care"], ways=["sms", "mail"], evidence=None)
    assert refused.status_code == 201, refused.json
    assert obstacles(refused.json) == {**UNASKED, "sms care": "withdrawn", "mail care": "withdrawn"}
    long_ago = (clock.now() - timedelta(days=400)).isoformat()
    paper = note(
        company.admin, one, purposes=["care", "marketing"], ways=["sms"], said_at=long_ago, source="written"
    )
    assert obstacles(paper.json) == {
        **UNASKED, "sms care": "withdrawn", "mail care": "withdrawn", "sms marketing": None,
    }  # fmt: skip
    assert [(e["purpose"], e["way"], e["holds"], e["source"]) for e in paper.json["entries"]] == [
        ("care", "mail", False, "spoken"),
        ("care", "sms", False, "spoken"),
        ("care", "sms", True, "written"),
        ("marketing", "sms", True, "written"),
    ]
    again = note(company.admin, one, purposes=["care"], ways=["sms"])
    assert obstacles(again.json)["sms care"] is None
    assert {entry["noted_by"]["name"] for entry in again.json["entries"]} == {"秦明远"}


def test_who_wants_to_hear_nothing_hears_nothing(company: Company, one: dict[str, Any]) -> None:
    note(company.admin, one, purposes=["marketing"], ways=["sms"])
    closed = note(company.admin, one, about="do-not-contact", evidence=None)
    assert closed.json["do_not_contact"] is True
    assert set(obstacles(closed.json).values()) == {"do-not-contact"}
    opened = note(company.admin, one, about="do-not-contact", holds=False, evidence=None)
    assert obstacles(opened.json) == {**UNASKED, "sms marketing": None}


def test_children_are_not_written_to(company: Company) -> None:
    born = clock.now().year - 12
    child = somebody(
        company.admin, birthday={"calendar": "solar", "month": 3, "day": 1, "year": born, "leap": False}
    )
    shown = consents(company.admin, child)
    assert (shown["minor"], shown["minor_by_age"]) == (True, True)
    assert set(obstacles(shown).values()) == {"minor"}
    # The year was wrong: somebody knows better.
    known = note(company.admin, child, about="minor", holds=False, evidence=None).json
    assert (known["minor"], known["minor_by_age"], obstacles(known)) == (False, False, UNASKED)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"purposes": [], "ways": ["sms"]}, "purposes"),
        ({"purposes": ["care"], "ways": []}, "ways"),
        ({"purposes": ["care"], "ways": ["sms"], "evidence": " "}, "evidence"),
        ({"purposes": ["care"], "ways": ["sms"], "said_at": "2999-01-01T00:00:00Z"}, "said_at"),
        ({"purposes": ["care"], "ways": ["sms"], "source": "link"}, "source"),
    ],
)
def test_an_entry_says_all_that_it_must(
    company: Company, one: dict[str, Any], facts: dict[str, Any], field: str
) -> None:
    refused = note(company.admin, one, **facts)
    assert (refused.status_code, [wrong["field"] for wrong in refused.json["errors"]]) == (422, [field])
    assert consents(company.admin, one)["entries"] == []


def test_whoever_may_not_change_a_contact_notes_nothing(company: Company, one: dict[str, Any]) -> None:
    reader = hire(company, "viewer").browser
    assert consents(reader, one)["entries"] == []
    assert note(reader, one, purposes=["care"], ways=["sms"]).status_code == 403
    stranger = worker(company).browser
    assert stranger.get(f"/contacts/{one['id']}/consents").status_code == 404
    assert note(stranger, one, purposes=["care"], ways=["sms"]).status_code == 404
    assert consents(company.admin, one)["entries"] == []


def test_is_told_to_the_trail_of_the_contact(company: Company, one: dict[str, Any]) -> None:
    note(company.admin, one, purposes=["care"], ways=["mail"])
    (told, *_) = company.admin.get(f"/audit-records?subject_type=contact&subject_id={one['id']}").json[
        "items"
    ]
    assert (told["action"], told["changes"]) == (
        "consent-noted", [{"field": "consent_care_mail", "before": None, "after": True}],
    )  # fmt: skip


def test_is_read_with_as_many_statements_however_much_was_said(company: Company, one: dict[str, Any]) -> None:
    everything = {"purposes": ["marketing", "care", "service"], "ways": ["sms", "mail", "wechat"]}
    note(company.admin, one, **everything)
    consents(company.admin, one)
    with sent() as few:
        consents(company.admin, one)
    note(company.admin, one, **everything)
    with sent() as many:
        consents(company.admin, one)
    assert len(many) == len(few)
