"""Budgets for tests, made through the front door."""

from typing import Any

from werkzeug.test import TestResponse

from tests.expenses.claims import line
from tests.support.client import Browser, Company

Json = dict[str, Any]
DAILY = "差旅补贴"
FIGURES = ("used", "reserved", "left")


def try_budget(browser: Browser, amount: int = 100_000, **facts: Any) -> TestResponse:
    """The answer to a budget of the first quarter."""
    plain = {"name": "一季度差旅", "first_day": "2026-01-01", "last_day": "2026-03-31", "mode": "warn"}
    return browser.post("/budgets", {**plain, "amount": amount, **facts})


def budget(company: Company, amount: int = 100_000, **facts: Any) -> Json:
    """A budget of the first quarter, for the whole company unless something else is said."""
    answer = try_budget(company.admin, amount, **facts)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def now(company: Company, made: Json) -> Json:
    """A budget as it is."""
    return dict(company.admin.get(f"/budgets/{made['id']}").json)


def figures(company: Company, made: Json) -> tuple[int, ...]:
    """What is used, reserved and left of a budget."""
    shown = now(company, made)
    return tuple(shown[name]["amount"] for name in FIGURES)


def spent(browser: Browser, amount: int, **facts: Any) -> Json:
    """A line of an allowance, which needs no receipt."""
    return line(browser, amount, of=DAILY, **facts)


def ask_the_boss(company: Company, kind: str, when: Json | None = None) -> None:
    """Have somebody asked about everything of a kind, or only where a condition holds."""
    flow = company.admin.post("/approval-flows", {"kind": kind, "name": "审批"}).json
    who = [{"by": "people", "ids": [company.user_id]}]
    asked = {"id": "boss", "type": "approve", "name": "审批", "who": who}
    end = {"id": "end", "type": "end", "name": "通过", "outcome": "granted"}
    arms = [
        {"id": "yes", "name": "是", "when": {"and": [when]}, "nodes": [asked]},
        {"id": "else", "name": "否", "nodes": [end]},
    ]
    nodes = [{"id": "sum", "type": "branch", "name": "条件", "arms": arms}] if when else [asked]
    path, headers = f"/approval-flows/{flow['id']}", {"If-Match": f'"{flow["version"]}"'}
    drawn = company.admin.put(f"{path}/draft", {"definition": {"nodes": nodes}}, headers=headers).json
    answer = company.admin.post(f"{path}/publication", version=drawn["version"])
    assert answer.status_code == 200, answer.json


def decide(company: Company, decision: str) -> None:
    """Have whoever is asked decide about the first thing they are asked about."""
    (item, *_) = company.admin.get("/approvals/to-decide").json["items"]
    sent = {"decision": decision, "comment": "请按预算来"}
    answer = company.admin.post(
        f"/approval-seats/{item['seat']['id']}/decision", sent, version=item["seat"]["version"]
    )
    assert answer.status_code == 200, answer.json
