"""Quotes for tests, made through the front door."""

from typing import Any

from werkzeug.test import TestResponse

from tests.prices.shop import product
from tests.support.client import Browser, Company

Json = dict[str, Any]


def customer(browser: Browser, name: str = "澜图软件", **facts: Any) -> Json:
    """A customer."""
    answer = browser.post("/customers", {"name": name, **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def valve(browser: Browser, name: str = "球阀", **facts: Any) -> Json:
    """A product for 100.00 yuan that costs 60.00 and should bring 80.00; 13 % tax."""
    amounts = {"list_price": 10_000, "cost": 6_000, "floor_price": 8_000}
    money = {field: {"amount": amount, "currency": "CNY"} for field, amount in amounts.items()}
    return product(browser, name, **{**money, "tax_rate": 1_300, "unit": "套", **facts})


def line(of: Json | None = None, quantity: str = "1", **facts: Any) -> Json:
    """A line of a product, or of free text."""
    return {"product_id": of["id"], "quantity": quantity, **facts} if of else {"quantity": quantity, **facts}


def try_quote(browser: Browser, to: Json, *lines: Json, **facts: Any) -> TestResponse:
    """The answer to a quote."""
    return browser.post("/quotes", {"customer_id": to["id"], "title": "备件", "lines": list(lines), **facts})


def quote(browser: Browser, to: Json, *lines: Json, **facts: Any) -> Json:
    """A quote."""
    answer = try_quote(browser, to, *lines, **facts)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def change(browser: Browser, made: Json, **facts: Any) -> Json:
    """The quote, changed."""
    answer = browser.patch(f"/quotes/{made['id']}", facts, version=made["version"])
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def go(browser: Browser, made: Json, step: str, body: Json | None = None) -> Json:
    """The quote, one step on."""
    version = browser.get(f"/quotes/{made['id']}").json["version"]
    answer = browser.post(f"/quotes/{made['id']}/{step}", body, version=version)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def withdraw(browser: Browser, made: Json) -> TestResponse:
    """The answer to taking a submission back."""
    return browser.delete(f"/quotes/{made['id']}/submission")


def deeds(company: Company, made: Json) -> list[str]:
    """What the trail tells of a quote, the latest first."""
    answer = company.admin.get(f"/audit-records?subject_type=quote&subject_id={made['id']}")
    return [one["action"] for one in answer.json["items"]]
