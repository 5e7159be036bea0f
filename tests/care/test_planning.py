"""Rules that go by dates: everybody once, at their time, whatever happens to workers, clocks and people."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.assets.site import asset, customer
from tests.care.clockwork import EVENING, at, planned, stay_signed_in, sweep
from tests.care.site import birthday, contact, message, rule, switch
from tests.support.client import Company

Json = dict[str, Any]
MORNING = datetime(2027, 3, 5, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai on the day after."""


def due(company: Company) -> list[tuple[str, datetime]]:
    return [(one["contact"], one["due_at"]) for one in planned(company)]


def test_writes_down_tomorrow_s_birthdays_once(company: Company) -> None:
    lin = contact(company.admin, "林夕", date(1990, 3, 5))
    contact(company.admin, "周舟", date(1990, 3, 7))
    made = switch(company, rule(company.admin, birthday()))
    sweep(company)
    expected = {
        "key": f"care:{made['id']}:{made['steps'][0]['key']}:{lin['id']}:birthday:2027",
        "contact": lin["id"],
        "due_at": MORNING,
        "expires_at": datetime(2027, 3, 5, 16, tzinfo=UTC),
        "state": "waiting",
        "reason": None,
        "about": None,
    }
    assert planned(company) == [expected]
    with at(EVENING + timedelta(hours=1, minutes=1)):
        sweep(company)
    assert planned(company) == [expected]


def test_a_rule_that_rests_writes_nothing_and_takes_back_what_waits(company: Company) -> None:
    contact(company.admin, "林夕", date(1990, 3, 5))
    made = rule(company.admin, birthday())
    sweep(company)
    assert planned(company) == []
    switch(company, made)
    sweep(company)
    switch(company, made, on=False)
    assert [(one["state"], one["reason"]) for one in planned(company)] == [("cancelled", "rule-changed")]


def test_catches_up_after_an_outage_and_leaves_nobody_out(company: Company) -> None:
    for name, day in (("林夕", 6), ("周舟", 7), ("何川", 8)):
        contact(company.admin, name, date(1990, 3, day))
    switch(company, rule(company.admin, birthday()))
    # Sixty hours later: the 7th is over, the 8th has begun.
    with at(datetime(2027, 3, 8, 2, 0, tzinfo=UTC)):
        sweep(company)
        expires = [one["expires_at"] for one in planned(company)]
    assert expires == [datetime(2027, 3, day, 16, tzinfo=UTC) for day in (6, 7, 8)]


def test_who_becomes_known_on_the_day_is_still_greeted(company: Company) -> None:
    contact(company.admin, "何川", date(1990, 9, 1))
    switch(company, rule(company.admin, birthday()))
    sweep(company)
    with at(MORNING + timedelta(hours=3)):
        stay_signed_in(company)
        lin = contact(company.admin, "林夕", date(1990, 3, 5))
        contact(company.admin, "周舟", date(1990, 3, 4))
        sweep(company)
    assert due(company) == [(lin["id"], MORNING)]


def test_a_birthday_that_is_corrected_is_planned_anew(company: Company) -> None:
    lin = contact(company.admin, "林夕", date(1990, 3, 5))
    switch(company, rule(company.admin, birthday()))
    sweep(company)
    other = {"calendar": "solar", "month": 6, "day": 1}
    company.admin.patch(f"/contacts/{lin['id']}", {"birthday": other}, version=lin["version"])
    with at(EVENING + timedelta(hours=2)):
        sweep(company)
    assert [one["state"] for one in planned(company)] == ["cancelled"]


def test_another_time_zone_at_noon_doubles_nothing(company: Company) -> None:
    contact(company.admin, "林夕", date(1990, 3, 5))
    switch(company, rule(company.admin, birthday()))
    sweep(company)
    tenant = company.admin.get("/tenant").json
    answer = company.admin.patch("/tenant", {"timezone": "Europe/Berlin"}, version=tenant["version"])
    assert answer.status_code == 200, answer.json
    with at(MORNING + timedelta(hours=3)):
        sweep(company)
    assert len(planned(company)) == 1


def test_goes_by_the_dates_of_equipment(company: Company) -> None:
    shop = customer(company.admin)
    lin = contact(company.admin, "林夕", customer_id=shop["id"], is_primary=True)
    soon = asset(company.admin, shop, installed_on="2026-04-05", warranty_months=12)
    assert soon["warranty_until"] == "2027-04-04"
    asset(company.admin, shop, installed_on="2026-05-05", warranty_months=12)
    trigger = {"kind": "date", "field": "asset.warranty_until"}
    wanted = birthday(name="质保到期提醒", trigger=trigger, purpose="service", steps=[message(amount=-30)])
    switch(company, rule(company.admin, wanted))
    sweep(company)
    [one] = planned(company)
    assert (one["contact"], one["due_at"], one["about"]) == (lin["id"], MORNING, "asset")
    assert one["expires_at"] == MORNING + timedelta(days=3)
    assert one["key"].endswith(f"{soon['id']}:warranty_until:2027-04-04")


def test_greets_everybody_whom_conditions_mean_at_a_festival(company: Company) -> None:
    vip = customer(company.admin, name="永辉机械")
    company.admin.patch(f"/customers/{vip['id']}", {"tier": "gold"}, version=vip["version"])
    other = customer(company.admin, name="东升塑料")
    lin = contact(company.admin, "林夕", customer_id=vip["id"])
    contact(company.admin, "周舟", customer_id=other["id"])
    trigger = {"kind": "festival", "festival": "women"}
    only = {"whom": "all", "customers": {"and": [{"field": "tier", "value": "gold"}]}}
    with at(datetime(2027, 3, 7, 2, 0, tzinfo=UTC)):
        stay_signed_in(company)
        switch(company, rule(company.admin, birthday(name="妇女节", trigger=trigger, audience=only)))
        sweep(company)
    assert due(company) == [(lin["id"], datetime(2027, 3, 8, 1, tzinfo=UTC))]


def test_waits_days_after_the_last_follow_up(company: Company) -> None:
    shop = customer(company.admin)
    lin = contact(company.admin, "林夕", customer_id=shop["id"], is_primary=True)
    fresh = {"kind": "call", "content": "电话回访", "customer_id": shop["id"]}
    answer = company.admin.post("/activities", fresh)
    assert answer.status_code == 201, answer.json
    trigger = {"kind": "date", "field": "customer.last_activity_at"}
    switch(
        company, rule(company.admin, birthday(name="久未联系", trigger=trigger, steps=[message(amount=30)]))
    )
    sweep(company)
    assert planned(company) == []
    with at(EVENING + timedelta(days=29)):
        sweep(company)
        assert due(company) == [(lin["id"], datetime(2027, 4, 3, 1, tzinfo=UTC))]


def test_two_workers_at_once_write_it_once(company: Company) -> None:
    contact(company.admin, "林夕", date(1990, 3, 5))
    made = switch(company, rule(company.admin, birthday()))
    from sqlalchemy import select

    from app.care import planning
    from app.care.models import CareRule
    from app.core import clock
    from app.core.db import db
    from app.core.uow import unit_of_work
    from tenants.context import tenant_scope

    with company.app.app_context(), tenant_scope(company.tenant_id):
        for _ in range(2):
            with unit_of_work():
                found = db.session.scalars(select(CareRule).where(CareRule.id == made["id"])).one()
                planning.scan(found, clock.now())
    assert len(planned(company)) == 1
