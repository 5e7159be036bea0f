"""Forms that tests design, publish and fill in."""

from typing import Any

from tests.support.client import Browser, Company

SPAN = {"from": "2026-03-02", "to": "2026-03-04"}
"""Of a leave."""


def field(key: str, kind: str, **more: Any) -> dict[str, Any]:
    """A field of a form."""
    return {"key": f"f_{key}", "kind": kind, "label": key, **more}


def options(*words: str) -> dict[str, Any]:
    """The settings of a choice."""
    return {"options": [{"value": word, "label": word.upper()} for word in words]}


LEAVE = [
    field("type", "choice", required=True, settings=options("annual", "sick")),
    field("span", "date_range", required=True),
    field(
        "proof",
        "text",
        required=True,
        visible={"and": [{"field": "f_type", "op": "eq", "value": "sick"}]},
    ),
    field("short", "formula", settings={"expression": "{f_span_days} <= 3", "result": "yes_no"}),
]
PURCHASE = [
    field(
        "items",
        "table",
        required=True,
        columns=[
            {"key": "c_what", "kind": "text", "label": "what", "required": True},
            {"key": "c_price", "kind": "money", "label": "price", "settings": {"currency": "CNY"}},
            {"key": "c_count", "kind": "number", "label": "count", "summed": True},
            {
                "key": "c_total",
                "kind": "formula",
                "label": "total",
                "summed": True,
                "settings": {"expression": "{c_price} * {c_count}", "result": "number"},
            },
        ],
    ),
    field(
        "each",
        "formula",
        settings={"expression": "round({f_items_c_total} / {f_items_c_count}, 2)", "result": "number"},
    ),
]


def designed(browser: Browser, *fields: dict[str, Any], name: str = "请假", **more: Any) -> Any:
    """A form as it is designed, not in force."""
    sent = {"name": name, "definition": {"fields": list(fields)}}
    made = browser.post("/forms", sent)
    assert made.status_code == 201, made.json
    if more:
        made = browser.patch(f"/forms/{made.json['id']}", more, version=made.json["version"])
        assert made.status_code == 200, made.json
    return made.json


def published(browser: Browser, *fields: dict[str, Any], **more: Any) -> Any:
    """A form that is in force, with the flow that comes with it."""
    form = designed(browser, *fields, **more)
    answer = browser.post(f"/forms/{form['id']}/publication", version=form["version"])
    assert answer.status_code == 200, answer.json
    return answer.json


def sent(browser: Browser, form: Any, **values: Any) -> Any:
    """What comes of filling a form in."""
    body = {"number": form["published_version"], "values": {f"f_{key}": one for key, one in values.items()}}
    return browser.post(f"/request-forms/{form['id']}/entries", body)


def faults(answer: Any) -> dict[str, str]:
    """What is refused, by field."""
    assert answer.status_code == 422, answer.json
    return {one["field"]: one["code"] for one in answer.json["errors"]}


def entry(browser: Browser, approval: Any) -> Any:
    """What was filled in, of an answer to sending it."""
    return browser.get(f"/form-entries/{approval.json['subject_id']}").json


def lead(company: Company) -> None:
    """Have the administrator lead the company, and so be asked by the flow that comes with a form."""
    root = next(one for one in company.admin.get("/departments").json["items"] if one["parent_id"] is None)
    path, heads = f"/departments/{root['id']}", {"head_ids": [company.user_id]}
    assert company.admin.patch(path, heads, version=root["version"]).status_code == 200
