"""Rules that go by the day on which customers celebrate that they were founded: every year, and only so."""

from datetime import UTC, date, datetime
from typing import Any

from tests.care.clockwork import at, planned, sweep
from tests.care.site import birthday, contact, message, rule, switch, try_rule
from tests.quotes.office import customer
from tests.support.client import Company
from tests.support.statements import sent

Json = dict[str, Any]
FIELD = "customer.founding_day"


def shop(company: Company, name: str, day: str | None) -> tuple[Json, Json]:
    """A customer that celebrates on a day, with somebody there."""
    made = customer(company.admin, name, founding_day=day)
    return made, contact(
        company.admin, f"林夕 {name}", customer_id=made["id"], is_primary=True, email="lin@example.com"
    )


def anniversary(amount: int = 0, *, yearly: bool = True) -> Json:
    """A rule so many days before or after the day."""
    trigger = {"kind": "date", "field": FIELD, "yearly": yearly}
    return birthday(name="客户司庆祝福", trigger=trigger, steps=[message(amount=amount)])


def due(company: Company) -> list[tuple[str, datetime]]:
    return [(one["contact"], one["due_at"]) for one in planned(company)]


def morning(day: date) -> datetime:
    """Nine o'clock in Shanghai."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def test_greets_customers_on_their_day(company: Company) -> None:
    at_shop, lin = shop(company, "澜图软件", "03-05")
    shop(company, "永辉机械", "03-07")
    shop(company, "东升塑料", None)
    made = switch(company, rule(company.admin, anniversary()))
    sweep(company)
    key = f"care:{made['id']}:{made['steps'][0]['key']}:{lin['id']}:{at_shop['id']}:founding_day:2027-03-05"
    assert [(one["key"], one["due_at"]) for one in planned(company)] == [(key, morning(date(2027, 3, 5)))]


def test_comes_round_again_the_year_after(company: Company) -> None:
    _, lin = shop(company, "澜图软件", "03-05")
    switch(company, rule(company.admin, anniversary()))
    sweep(company)
    with at(datetime(2028, 3, 4, 14, tzinfo=UTC)):
        sweep(company)
    assert due(company) == [(lin["id"], morning(date(year, 3, 5))) for year in (2027, 2028)]


def test_the_29th_of_february_is_kept_on_the_28th_of_a_plain_year(company: Company) -> None:
    _, lin = shop(company, "澜图软件", "02-29")
    switch(company, rule(company.admin, anniversary()))
    kept = []
    for year, days in ((2028, (25, 28)), (2029, (24, 27))):
        for day in days:
            with at(datetime(year, 2, day, 14, tzinfo=UTC)):
                sweep(company)
            kept.append(due(company))
    leap = (lin["id"], morning(date(2028, 2, 29)))
    plain = (lin["id"], morning(date(2029, 2, 28)))
    assert kept == [[], [leap], [leap], [leap, plain]]


def test_a_week_before_the_day_across_the_turn_of_the_year(company: Company) -> None:
    _, lin = shop(company, "澜图软件", "01-03")
    shop(company, "永辉机械", "01-10")
    switch(company, rule(company.admin, anniversary(-7)))
    with at(datetime(2027, 12, 26, 14, tzinfo=UTC)):
        sweep(company)
    assert due(company) == [(lin["id"], morning(date(2027, 12, 27)))]


def test_the_preview_tells_of_the_coming_thirty_days(company: Company) -> None:
    expected = []
    for name, day in (("甲", "03-05"), ("乙", "04-03"), ("丙", "04-04"), ("丁", "03-04")):
        _, who = shop(company, name, day)
        expected.append((who["id"], f"2027-{day}"))
    made = rule(company.admin, anniversary())
    found = company.admin.get(f"/care-rules/{made['id']}/preview").json
    assert [(one["contact"]["id"], one["due_at"][:10]) for one in found["items"]] == expected[:2]
    assert [(one["day"], one["count"]) for one in found["days"]] == [("2027-03-05", 1), ("2027-04-03", 1)]


def test_finds_them_in_statements_that_do_not_grow_with_the_customers(company: Company) -> None:
    made = rule(company.admin, anniversary())
    path = f"/care-rules/{made['id']}/preview"
    shop(company, "客户 0", "03-05")
    with sent() as few:
        assert company.admin.get(path).json["total"] == 1
    for number in range(1, 5):
        shop(company, f"客户 {number}", f"03-{number + 5:02}")
    with sent() as many:
        assert company.admin.get(path).json["total"] == 5
    assert len(many) == len(few)


def test_a_day_without_a_year_only_comes_round(company: Company) -> None:
    refused = try_rule(company.admin, anniversary(yearly=False))
    assert [(one["field"], one["code"], one["message"]) for one in refused.json["errors"]] == [
        ("trigger.yearly", "only-every-year", "这个日子没有年份，只能设成每年都提醒")
    ]
    assert company.admin.get("/care-rules").json["items"] == []
    offered = {one["word"]: one for one in company.admin.get("/care-dates").json["items"]}
    assert (offered[FIELD]["yearly"], offered[FIELD]["only_yearly"]) == (True, True)
    assert [word for word, one in offered.items() if one["only_yearly"]] == [FIELD]
