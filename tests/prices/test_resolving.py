"""Which price holds: for whom, how many, on which day, and who sees what of it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from app.core import clock
from app.prices.resolving import Wanted, resolve
from tenants.context import tenant_scope
from tests.prices.shop import book, found, price, product, set_prices, steps
from tests.products.test_products import faults
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent

Json = dict[str, Any]
LIST = 128_000


def customer(browser: Browser, tier: str | None = None) -> str:
    answer = browser.post("/customers", {"name": "澜图软件", "tier": tier})
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def costs(browser: Browser, of: Json, query: str = "") -> tuple[int | None, str | None]:
    told = found(browser, of, query)
    return told["unit_price"], told["source"]


def test_the_list_price_holds_where_no_book_says_otherwise(company: Company) -> None:
    valve, pump = product(company.admin, tax_rate=1300), product(company.admin, "水泵")
    price(company.admin, book(company.admin), pump, 100)
    assert found(company.admin, valve) == {
        "product_id": valve["id"],
        "currency": "CNY",
        "source": "list",
        "unit_price": LIST,
        "list_price": LIST,
        "floor_price": None,
        "cost": None,
        "tax_rate": 1300,
        "from_quantity": None,
        "price_book": None,
    }


def test_the_nearer_book_goes_first(company: Company) -> None:
    valve = product(company.admin)
    ours, gold, other = (
        customer(company.admin, "gold"),
        customer(company.admin, "gold"),
        customer(company.admin),
    )
    price(company.admin, book(company.admin), valve, 300)
    price(company.admin, book(company.admin, kind="tier", tiers=["gold", "platinum"]), valve, 200)
    nearest = price(
        company.admin, book(company.admin, name="专价", kind="customer", customer_ids=[ours]), valve, 400
    )
    assert costs(company.admin, valve, f"customer_id={ours}") == (400, "customer")
    assert costs(company.admin, valve, f"customer_id={gold}") == (200, "tier")
    assert costs(company.admin, valve, f"customer_id={other}") == (300, "standard")
    assert costs(company.admin, valve) == (300, "standard")
    told = found(company.admin, valve, f"customer_id={ours}")
    assert told["price_book"] == {"id": nearest["id"], "name": "专价"}


@pytest.mark.parametrize(
    ("quantity", "unit_price"), [("0.0001", 900), ("9.9999", 900), ("10", 800), ("99", 800), ("100.5", 700)]
)
def test_the_largest_quantity_that_is_reached_holds(company: Company, quantity: str, unit_price: int) -> None:
    valve = product(company.admin)
    made = set_prices(
        company.admin, book(company.admin), valve, steps(("0", 900), ("10", 800), ("100.5", 700))
    )
    company.admin.post(f"/price-books/{made['id']}/activation")
    assert costs(company.admin, valve, f"quantity={quantity}") == (unit_price, "standard")


def test_a_book_whose_quantity_is_not_reached_is_passed_over(company: Company) -> None:
    valve, ours = product(company.admin), customer(company.admin)
    price(company.admin, book(company.admin), valve, 900)
    price(company.admin, book(company.admin, kind="customer", customer_ids=[ours]), valve, 700, "10")
    assert costs(company.admin, valve, f"customer_id={ours}&quantity=9") == (900, "standard")
    assert costs(company.admin, valve, f"customer_id={ours}&quantity=10") == (700, "customer")


def test_of_books_alike_quantity_decides_then_the_later_beginning_then_the_newer(company: Company) -> None:
    valve = product(company.admin)
    price(company.admin, book(company.admin, valid_from="2026-03-01"), valve, 300)
    price(company.admin, book(company.admin, valid_from="2026-01-01"), valve, 100)
    assert costs(company.admin, valve, "on=2026-04-01") == (300, "standard")
    price(company.admin, book(company.admin, valid_from="2026-03-01"), valve, 350)
    assert costs(company.admin, valve, "on=2026-04-01") == (350, "standard")
    price(company.admin, book(company.admin, valid_from="2026-01-01"), valve, 250, "10")
    assert costs(company.admin, valve, "on=2026-04-01&quantity=10") == (250, "standard")


def test_a_book_holds_from_its_first_to_its_last_day(company: Company) -> None:
    valve = product(company.admin)
    price(company.admin, book(company.admin, valid_from="2026-03-01", valid_until="2026-03-31"), valve, 900)
    said = {
        day: costs(company.admin, valve, f"on={day}")[1]
        for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01")
    }
    assert list(said.values()) == ["list", "standard", "standard", "list"]


def test_today_is_told_by_the_companys_clock(company: Company) -> None:
    valve = product(company.admin)
    price(company.admin, book(company.admin, valid_from="2026-03-01"), valve, 900)
    # In Shanghai it is eight hours later.
    with clock.pretending(datetime(2026, 2, 28, 15, 59, tzinfo=UTC)):
        assert costs(company.admin, valve) == (LIST, "list")
    with clock.pretending(datetime(2026, 2, 28, 16, 0, tzinfo=UTC)):
        assert costs(company.admin, valve) == (900, "standard")


def test_drafts_and_retired_books_say_nothing(company: Company) -> None:
    valve = product(company.admin)
    set_prices(company.admin, book(company.admin), valve, steps(("0", 900)))
    assert costs(company.admin, valve) == (LIST, "list")
    made = price(company.admin, book(company.admin), valve, 800)
    assert costs(company.admin, valve) == (800, "standard")
    assert company.admin.post(f"/price-books/{made['id']}/retirement").json["state"] == "retired"
    assert costs(company.admin, valve) == (LIST, "list")


def test_prices_are_in_the_currency_asked_for_or_none(company: Company) -> None:
    valve = product(company.admin, cost={"amount": 50_000, "currency": "CNY"})
    price(company.admin, book(company.admin, currency="USD"), valve, 15_000)
    assert costs(company.admin, valve) == (LIST, "list")
    told = found(company.admin, valve, "currency=USD")
    assert (told["unit_price"], told["currency"], told["source"]) == (15_000, "USD", "standard")
    assert (told["list_price"], told["cost"]) == (None, None)
    assert costs(company.admin, valve, "currency=EUR") == (None, None)


def test_a_price_has_its_own_floor_or_that_of_the_product(company: Company) -> None:
    valve = product(company.admin, floor_price={"amount": 90_000, "currency": "CNY"})
    made = set_prices(
        company.admin, book(company.admin), valve, steps(("0", 110_000), ("10", 80_000, 70_000))
    )
    company.admin.post(f"/price-books/{made['id']}/activation")
    assert found(company.admin, valve)["floor_price"] == 90_000
    assert found(company.admin, valve, "quantity=10")["floor_price"] == 70_000


def test_cost_and_floor_are_for_those_who_may_see_them(company: Company) -> None:
    amounts = {
        "cost": {"amount": 50_000, "currency": "CNY"},
        "floor_price": {"amount": 90_000, "currency": "CNY"},
    }
    valve = product(company.admin, **amounts)
    seen = {code: found(hire(company, code).browser, valve) for code in ("manager", "sales")}
    assert (seen["manager"]["cost"], seen["manager"]["floor_price"]) == (50_000, 90_000)
    assert (seen["sales"]["cost"], seen["sales"]["floor_price"]) == (None, None)
    assert seen["sales"]["unit_price"] == LIST


def test_a_customer_one_does_not_see_has_no_prices(company: Company) -> None:
    valve, theirs = product(company.admin), customer(company.admin)
    seller = hire(company, "sales").browser
    answer = seller.get(f"/products/{valve['id']}/price?customer_id={theirs}")
    assert faults(answer) == [("customer_id", "unknown-reference")]


@pytest.mark.parametrize("quantity", ["0", "-1", "abc", "1.00001", "", "NaN", "1000000001"])
def test_refuses_what_is_no_quantity(company: Company, quantity: str) -> None:
    valve = product(company.admin)
    answer = company.admin.get(f"/products/{valve['id']}/price?quantity={quantity}")
    assert [field for field, _ in faults(answer)] == ["quantity"]


def test_what_is_not_sold_has_no_price(company: Company) -> None:
    valve = product(company.admin)
    assert company.admin.delete(f"/products/{valve['id']}", version=1).status_code == 204
    assert company.admin.get(f"/products/{valve['id']}/price").status_code == 404


def test_a_whole_quote_takes_one_statement(company: Company) -> None:
    ours = customer(company.admin, "gold")
    products = [product(company.admin, f"球阀 {n}") for n in range(4)]
    for n, one in enumerate(products[:3]):
        price(company.admin, book(company.admin), one, 100 + n)
    ids = [UUID(one["id"]) for one in products]
    # The same product may stand in two lines.
    wanted = [Wanted(product_id=one, quantity=Decimal("2.5")) for one in [*ids, ids[0]]]
    with company.app.app_context(), tenant_scope(company.tenant_id), sent() as statements:
        told = resolve(wanted, customer_id=UUID(ours), currency="CNY", on=date(2026, 4, 1))
    assert len(statements) == 1
    prices = [[one.unit_price for one in told[product_id]] for product_id in ids]
    assert prices == [[100, 100], [101], [102], [LIST]]
