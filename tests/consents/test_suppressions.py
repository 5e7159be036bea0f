"""Addresses that nothing is sent to."""

from typing import Any

import pytest

from tests.consents.people import MAIL, PHONE, consents, note, obstacles, somebody
from tests.support.client import Browser, Company
from tests.support.people import hire


def listed(browser: Browser, query: str = "") -> list[Any]:
    answer = browser.get(f"/suppressions{query}")
    assert answer.status_code == 200, answer.json
    return answer.json["items"]


def test_nobody_at_a_suppressed_address_is_written_to(company: Company) -> None:
    one, other = somebody(company.admin), somebody(company.admin, name="另一位")
    note(company.admin, one, purposes=["marketing"], ways=["sms"])
    sent = {"way": "sms", "addresses": ["138-0013-8000", "+86 138 0013 8000"], "note": "空号"}
    added = company.admin.post("/suppressions", sent)
    assert (added.status_code, added.json) == (201, {"added": 1, "known": 1})
    for someone in (one, other):
        shown = consents(company.admin, someone)
        assert shown["ways"][0]["suppressed"] is True
        assert {obstacles(shown)[f"sms {why}"] for why in ("marketing", "care", "service")} == {"suppressed"}
        assert obstacles(shown)["mail care"] is None
    (row,) = listed(company.admin)
    assert (row["way"], row["address"], row["reason"], row["note"]) == ("sms", PHONE, "by-hand", "空号")
    lifted = company.admin.post(f"/suppressions/{row['id']}/lifting", {"because": "号码换人了"})
    assert (lifted.status_code, lifted.json["lifted_because"]) == (200, "号码换人了")
    assert obstacles(consents(company.admin, one))["sms marketing"] is None
    assert listed(company.admin) == []
    assert [gone["id"] for gone in listed(company.admin, "?lifted=true")] == [row["id"]]
    refused = company.admin.post(f"/suppressions/{row['id']}/lifting", {"because": "再来一次"})
    assert (refused.status_code, refused.json["code"]) == (409, "suppression-lifted")
    # What was taken off can be put on once more.
    assert company.admin.post("/suppressions", sent).json == {"added": 1, "known": 1}


def test_a_wrong_address_is_named_and_none_is_added(company: Company) -> None:
    sent = {"way": "mail", "addresses": [MAIL, "nobody", "x@"]}
    refused = company.admin.post("/suppressions", sent)
    assert refused.status_code == 422
    assert [wrong["field"] for wrong in refused.json["errors"]] == ["addresses.1", "addresses.2"]
    landline = company.admin.post("/suppressions", {"way": "sms", "addresses": ["010-62781234"]})
    assert (landline.status_code, landline.json["errors"][0]["code"]) == (422, "not-a-mobile")
    assert listed(company.admin) == []


def test_is_found_by_way_and_address_and_read_page_by_page(company: Company) -> None:
    phones = [f"1380013{number:04}" for number in range(5)]
    company.admin.post("/suppressions", {"way": "sms", "addresses": phones})
    company.admin.post("/suppressions", {"way": "mail", "addresses": ["A@B.cn"]})
    assert [one["address"] for one in listed(company.admin, "?way=mail")] == ["a@b.cn"]
    assert [one["address"] for one in listed(company.admin, "?address=138%200013%200003")] == [
        "+8613800130003"
    ]
    assert [one["address"] for one in listed(company.admin, "?address=A@b.CN")] == ["a@b.cn"]
    seen, cursor = [], ""
    while cursor is not None:
        page = company.admin.get(f"/suppressions?limit=4{cursor and '&cursor=' + cursor}").json
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize("role", ["sales", "manager", "viewer"])
def test_only_those_who_manage_messages_see_the_list(company: Company, role: str) -> None:
    company.admin.post("/suppressions", {"way": "mail", "addresses": [MAIL]})
    (row,) = listed(company.admin)
    other = hire(company, role).browser
    assert other.get("/suppressions").status_code == 403
    assert other.post("/suppressions", {"way": "mail", "addresses": ["b@b.cn"]}).status_code == 403
    assert other.post(f"/suppressions/{row['id']}/lifting", {"because": "x"}).status_code == 403
    assert listed(company.admin) == [row]
    assert [one["id"] for one in listed(hire(company, "marketing").browser)] == [row["id"]]
