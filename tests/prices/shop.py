"""Products and price books for tests, made through the front door."""

from typing import Any

from tests.products.test_products import PRICE
from tests.products.test_products import product as plain_product
from tests.support.client import Browser, Company

Json = dict[str, Any]


def product(browser: Browser, name: str = "球阀", **facts: Any) -> Json:
    """A product with a list price of 1280.00 yuan."""
    return plain_product(browser, name=name, **{"list_price": PRICE, **facts})


def book(browser: Browser, **facts: Any) -> Json:
    """A price book: a draft, valid from the first day of 2026 on."""
    sent = {"name": "标准价", "kind": "standard", "valid_from": "2026-01-01", **facts}
    answer = browser.post("/price-books", sent)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def steps(*prices: tuple[Any, ...]) -> list[Json]:
    """(from quantity, unit price, floor price if there is one)."""
    names = ("from_quantity", "unit_price", "floor_price")
    return [dict(zip(names, one, strict=False)) for one in prices]


def set_prices(browser: Browser, made: Json, of: Json, wanted: list[Json]) -> Json:
    """The book with all prices of a product."""
    path = f"/price-books/{made['id']}"
    version = browser.get(path).json["version"]
    body = {"products": [{"product_id": of["id"], "steps": wanted}]}
    answer = browser.patch(f"{path}/prices", body, version=version)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def price(browser: Browser, made: Json, of: Json, unit_price: int, from_quantity: str = "0") -> Json:
    """An active book in which a product has one price."""
    set_prices(browser, made, of, steps((from_quantity, unit_price)))
    answer = browser.post(f"/price-books/{made['id']}/activation")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def found(browser: Browser, of: Json, query: str = "") -> Json:
    """What a product costs."""
    answer = browser.get(f"/products/{of['id']}/price?{query}")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def lines(browser: Browser, made: Json, query: str = "") -> list[tuple[Any, ...]]:
    """The prices of a book: name, from quantity, unit price, floor price."""
    answer = browser.get(f"/price-books/{made['id']}/prices?{query}")
    assert answer.status_code == 200, answer.json
    return [
        (one["product"]["name"], one["from_quantity"], one["unit_price"], one["floor_price"])
        for one in answer.json["items"]
    ]


def deeds(company: Company, made: Json) -> list[str]:
    """What the trail tells of a book, the latest first."""
    answer = company.admin.get(f"/audit-records?subject_type=price-book&subject_id={made['id']}")
    return [one["action"] for one in answer.json["items"]]
