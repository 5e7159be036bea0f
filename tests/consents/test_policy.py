"""When and how often a company writes to people outside."""

from tests.consents.people import consents, obstacles, somebody
from tests.support.client import Company
from tests.support.people import hire

MARKETING = {
    "purpose": "marketing", "needs_consent": True, "begins": "09:00", "ends": "20:30",
    "weekdays": [1, 2, 3, 4, 5, 6, 7], "per_day": 1, "per_week": 2, "per_month": 4,
}  # fmt: skip


def test_holds_what_most_want_until_a_company_says_otherwise(company: Company) -> None:
    fresh = company.admin.get("/calm-policy").json
    assert fresh["version"] == 1
    assert [rule["purpose"] for rule in fresh["rules"]] == ["marketing", "care", "service"]
    assert fresh["rules"][0] == MARKETING
    one = somebody(company.admin)
    wanted = {**MARKETING, "needs_consent": False, "weekdays": [5, 1, 1], "per_week": None}
    changed = company.admin.patch("/calm-policy", {"rules": [wanted]}, version=1)
    assert changed.status_code == 200, changed.json
    assert changed.json["rules"] == [{**wanted, "weekdays": [1, 5]}, *fresh["rules"][1:]]
    assert company.admin.get("/calm-policy").json == changed.json
    assert obstacles(consents(company.admin, one))["sms marketing"] is None
    assert company.admin.patch("/calm-policy", {"rules": [MARKETING]}, version=1).status_code == 412
    (told,) = company.admin.get("/audit-records?subject_type=calm-policy").json["items"]
    assert {change["field"] for change in told["changes"]} == {
        "marketing_needs_consent", "marketing_weekdays", "marketing_per_week",
    }  # fmt: skip


def test_contradictions_are_named(company: Company) -> None:
    for sent, field in (
        ({"ends": "08:00"}, "rules.0.ends"),
        ({"per_day": 3}, "rules.0.per_week"),
        ({"per_week": None, "per_day": 5}, "rules.0.per_month"),
        ({"weekdays": []}, "rules.0.weekdays"),
        ({"begins": "9 Uhr"}, "rules.0.begins"),
    ):
        refused = company.admin.patch("/calm-policy", {"rules": [{**MARKETING, **sent}]}, version=1)
        assert (refused.status_code, [one["field"] for one in refused.json["errors"]]) == (422, [field])
    assert company.admin.get("/calm-policy").json["version"] == 1


def test_only_those_who_manage_messages_say_so(company: Company) -> None:
    seller = hire(company, "sales").browser
    assert seller.get("/calm-policy").status_code == 200
    assert seller.patch("/calm-policy", {"rules": [MARKETING]}, version=1).status_code == 403
    assert company.admin.get("/calm-policy").json["version"] == 1
