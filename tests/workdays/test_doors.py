"""Saying when a company works."""

from tests.support.client import Company
from tests.support.people import hire

FRESH = {
    "version": 1,
    "weekdays": [1, 2, 3, 4, 5],
    "begins": "09:00",
    "ends": "18:00",
    "break_begins": "12:00",
    "break_ends": "13:00",
    "public_holidays": True,
    "exceptions": [],
}


def test_a_company_works_as_most_do_until_it_says_otherwise(company: Company) -> None:
    admin = company.admin
    assert admin.get("/work-calendar").json == FRESH
    days = [{"day": "2026-12-31", "works": True}, {"day": "2026-05-04", "works": False}]
    sent = {"weekdays": [6, 1, 2, 3, 4, 5, 6], "begins": "08:30", "break_begins": None, "break_ends": None}
    changed = admin.patch("/work-calendar", {**sent, "exceptions": [*days, *days[:1]]}, version=1)
    assert changed.status_code == 200, changed.json
    expected = {**FRESH, **sent, "version": 2, "weekdays": [1, 2, 3, 4, 5, 6], "exceptions": days[::-1]}
    assert changed.json == expected
    assert admin.get("/work-calendar").json == expected
    assert admin.patch("/work-calendar", {"ends": "17:30"}, version=1).status_code == 412
    told = admin.get("/audit-records?subject_type=work-calendar").json["items"]
    assert [one["action"] for one in told] == ["updated"]


def test_hours_follow_each_other(company: Company) -> None:
    admin = company.admin
    for sent, field in (
        ({"ends": "08:00"}, "ends"),
        ({"break_begins": "08:00"}, "break_begins"),
        ({"break_ends": None}, "break_ends"),
        ({"begins": "25:00"}, "begins"),
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": [8]}, "weekdays.0"),
    ):
        refused = admin.patch("/work-calendar", sent, version=1)
        assert (refused.status_code, [one["field"] for one in refused.json["errors"]]) == (422, [field])
    assert admin.get("/work-calendar").json == FRESH


def test_only_administrators_say_so(company: Company) -> None:
    seller = hire(company, "sales").browser
    assert seller.get("/work-calendar").status_code == 200
    assert seller.patch("/work-calendar", {"begins": "10:00"}, version=1).status_code == 403
    assert company.admin.get("/work-calendar").json == FRESH
