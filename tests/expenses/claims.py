"""Expense claims for tests, made through the front door."""

from typing import Any

from werkzeug.test import TestResponse

from tests.files.shelf import bring
from tests.support.client import Browser, Company

Json = dict[str, Any]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


def kind(browser: Browser, name: str) -> Json:
    """One of the kinds that a company begins with."""
    return dict(next(one for one in browser.get("/expense-kinds").json["items"] if one["name"] == name))


def receipt(browser: Browser, text: str = "", **printed: str) -> Json:
    """A receipt that waits to be claimed: the same text, the same file."""
    answer = bring(browser, "发票.pdf", PDF + f"%{text}\n".encode())
    return {"file_id": answer["id"], **printed}


def line(browser: Browser, amount: int = 12_800, of: str = "交通", **facts: Any) -> Json:
    """A line; of a kind that needs a receipt unless it is an allowance."""
    spent = {"kind_id": kind(browser, of)["id"], "spent_on": "2026-03-18", "amount": amount}
    return {**spent, **facts}


def try_claim(browser: Browser, *lines: Json, **facts: Any) -> TestResponse:
    """The answer to a claim."""
    return browser.post("/expense-claims", {"title": "上海出差", "lines": list(lines), **facts})


def claim(browser: Browser, *lines: Json, **facts: Any) -> Json:
    """A claim; without lines of an allowance, which needs no receipt."""
    answer = try_claim(browser, *(lines or [line(browser, of="差旅补贴")]), **facts)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def now(browser: Browser, made: Json) -> Json:
    """A claim as it is."""
    return dict(browser.get(f"/expense-claims/{made['id']}").json)


def try_submit(browser: Browser, made: Json) -> TestResponse:
    """The answer to submitting a claim."""
    path = f"/expense-claims/{made['id']}"
    return browser.post(f"{path}/submission", {}, version=browser.get(path).json["version"])


def submit(browser: Browser, made: Json) -> Json:
    """The claim, submitted."""
    answer = try_submit(browser, made)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def try_pay(browser: Browser, *claims: Json, **facts: Any) -> TestResponse:
    """The answer to paying claims."""
    due = [{"id": one["id"], "version": one["version"]} for one in claims]
    return browser.post("/expense-payments", {"claims": due, "paid_on": "2026-03-25", **facts})


def deeds(company: Company, made: Json) -> list[str]:
    """What the trail tells of a claim, the latest first."""
    path = f"/audit-records?subject_type=expense-claim&subject_id={made['id']}"
    return [one["action"] for one in company.admin.get(path).json["items"]]
