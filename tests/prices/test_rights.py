"""Who keeps price books, and what of them is for whom."""

import pytest

from tests.prices.shop import book, lines, product, set_prices, steps
from tests.products.test_products import faults
from tests.support.client import Browser, Company
from tests.support.people import hire


@pytest.fixture
def keeper(company: Company) -> Browser:
    """Somebody who keeps price books without being shown costs and floors."""
    facts = {"name": "价目专员", "permissions": {"price-book:manage": "all", "product:read": "all"}}
    answer = company.admin.post("/roles", {"description": "", **facts})
    assert answer.status_code == 201, answer.json
    return hire(company, "价目专员").browser


def test_customers_that_one_does_not_see_stay_in_the_book(company: Company, keeper: Browser) -> None:
    hidden = company.admin.post("/customers", {"name": "澜图软件"}).json["id"]
    made = book(company.admin, kind="customer", customer_ids=[hidden])
    shown = keeper.get(f"/price-books/{made['id']}").json
    assert (shown["customers"], shown["customer_count"]) == ([], 1)
    answer = keeper.patch(f"/price-books/{made['id']}", {"customer_ids": []}, version=1)
    assert (answer.status_code, answer.json["customer_count"]) == (200, 1)
    answer = keeper.patch(f"/price-books/{made['id']}", {"customer_ids": [hidden]}, version=1)
    assert faults(answer) == [("customer_ids.0", "unknown-reference")]


def test_who_does_not_see_floors_neither_writes_nor_moves_them(company: Company, keeper: Browser) -> None:
    valve = product(company.admin)
    made = set_prices(company.admin, book(company.admin), valve, steps(("0", 900, 700)))
    assert lines(keeper, made) == [("球阀", "0", 900, None)]
    path = f"/price-books/{made['id']}/prices"
    body = {"products": [{"product_id": valve["id"], "steps": steps(("0", 900, 1))}]}
    assert faults(keeper.patch(path, body, version=2)) == [
        ("products.0.steps.0.floor_price", "no-field-right")
    ]
    set_prices(keeper, made, valve, steps(("0", 850), ("10", 800)))
    assert lines(company.admin, made) == [("球阀", "0", 850, 700), ("球阀", "10", 800, None)]
    refused = keeper.post(
        f"/price-books/{made['id']}/adjustment", {"rate": -100, "with_floors": True}, version=3
    )
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    assert lines(company.admin, made)[0] == ("球阀", "0", 850, 700)


def test_only_who_keeps_price_books_sees_them(company: Company) -> None:
    valve = product(company.admin)
    made = set_prices(company.admin, book(company.admin), valve, steps(("0", 900)))
    manager, seller = hire(company, "manager").browser, hire(company, "sales").browser
    path = f"/price-books/{made['id']}"
    for browser in (manager, seller):
        for answer in (
            browser.get("/price-books"),
            browser.get(path),
            browser.get(f"{path}/prices"),
            browser.patch(path, {"name": "别名"}, version=2),
            browser.patch(
                f"{path}/prices", {"products": [{"product_id": valve["id"], "steps": []}]}, version=2
            ),
            browser.post(f"{path}/adjustment", {"rate": 1}, version=2),
            browser.get(f"/products/{valve['id']}/prices"),
            browser.post(f"{path}/copy", {"name": "别名", "valid_from": "2026-01-01"}),
            browser.post(f"{path}/activation"),
            browser.post(f"{path}/retirement"),
        ):
            assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert company.admin.get(path).json == made
    assert lines(company.admin, made) == [("球阀", "0", 900, None)]
    assert len(company.admin.get("/price-books").json["items"]) == 1


def test_the_trail_of_prices_is_for_whoever_sees_floors(company: Company) -> None:
    made = set_prices(company.admin, book(company.admin), product(company.admin), steps(("0", 900, 700)))
    facts = {
        "name": "审计",
        "description": "",
        "permissions": {"audit:read": "all", "price-book:manage": "all"},
    }
    assert company.admin.post("/roles", facts).status_code == 201
    reader = hire(company, "审计").browser
    query = f"/audit-records?subject_id={made['id']}"
    assert reader.get(query).json["items"] == []
    assert len(company.admin.get(query).json["items"]) == 2
