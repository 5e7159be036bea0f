"""A field that one may not read shows nowhere; one that one may only read cannot be written.

The cases are found by themselves: every built-in field that can be restricted, and an own field of each kind.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from app.fields import entities
from app.fields.states import NEVER_FOUND_BY, FieldKind
from tests.fields.conftest import Json, Workshop, refused
from tests.files.shelf import bring
from tests.support.client import Browser, sign_up
from tests.support.people import hire, role_id

MARK = "Tamarind"
BUILT_IN: dict[str, dict[str, Any]] = {
    "customer": {
        "type": "media",
        "tier": "platinum",
        "stage": "lost",
        "source": MARK,
        "industry": MARK,
        "region": MARK,
        "address": MARK,
        "phones": [{"number": "13866660001", "label": MARK}],
        "email": f"{MARK}@example.com",
        "website": f"https://{MARK}.example.com",
        "credit_code": MARK,
        "employees": 7654321,
        "founded_year": 1987,
        "founding_day": "07-06",
        "annual_revenue": {"amount": 7654321, "currency": "CNY"},
        "parent_id": None,
        "tags": [MARK],
        "remark": MARK,
    },
    "contact": {
        "title": MARK,
        "department_name": MARK,
        "role": "decision_maker",
        "phones": [{"number": "13866660001", "label": MARK}],
        "email": f"{MARK}@example.com",
        "wechat": MARK,
        "gender": "female",
        "birthday": {"calendar": "solar", "month": 7, "day": 6, "year": 1987},
        "remark": MARK,
    },
    "activity": {},
    "task": {"detail": MARK},
    "product": {
        "category_id": None,
        "unit": MARK,
        "floor_price": {"amount": 7654321, "currency": "CNY"},
        "cost": {"amount": 7654321, "currency": "CNY"},
        "tax_rate": 1987,
        "image_id": f"{MARK}.png",
        "description": MARK,
    },
    "quote": {"contact_id": None, "valid_until": "1987-06-05", "terms": MARK, "remark": MARK},
    "asset": {},
    "service-record": {},
    "purchase": {},
}
OPTIONS = {"options": [{"value": "tamarind", "label": MARK}]}
OWN: dict[FieldKind, tuple[Json, Any]] = {
    FieldKind.TEXT: ({}, MARK),
    FieldKind.LONG_TEXT: ({}, MARK),
    FieldKind.NUMBER: ({}, 7654321),
    FieldKind.MONEY: ({}, {"amount": 7654321, "currency": "CNY"}),
    FieldKind.DATE: ({}, "1987-06-05"),
    FieldKind.DATE_TIME: ({}, "1987-06-05T04:03:02Z"),
    FieldKind.CHOICE: (OPTIONS, "tamarind"),
    FieldKind.MULTI_CHOICE: (OPTIONS, ["tamarind"]),
    FieldKind.YES_NO: ({}, True),
    FieldKind.FILE: ({}, [f"{MARK}.png"]),
    FieldKind.FORMULA: ({"expression": f'"{MARK}"', "result": "text"}, None),
}
SIGNS = (
    MARK,
    MARK.lower(),
    "13866660001",
    "7654321",
    "1987",
    "07-06",
    "platinum",
    "lost",
    "media",
    "decision_maker",
    "female",
)
EMPTY: dict[str, Any] = {"type": "other", "stage": "deal", "phones": [], "tags": []}
PATHS = {
    "customer": "/customers",
    "contact": "/contacts",
    "activity": "/activities",
    "task": "/tasks",
    "product": "/products",
    "quote": "/quotes",
    "asset": "/assets",
    "service-record": "/service-records",
    "purchase": "/purchases",
}
BASIS = {
    "customer": {"name": "甲公司"},
    "contact": {"name": "周启明"},
    "activity": {"kind": "call", "content": "聊了聊"},
    "task": {"title": "寄样品", "due_at": "2099-03-18T10:00:00Z"},
    "product": {"name": "轴承", "list_price": {"amount": 1200, "currency": "CNY"}},
    "quote": {"title": "备件"},
    "asset": {"name": "空压机"},
    "service-record": {"kind": "repair", "content": "换了滤芯", "done_on": "2026-03-18"},
    "purchase": {"name": "滤芯", "bought_on": "2026-03-18"},
}
ON_THEIR_OWN = {"customer", "product"}
"""What is at no customer."""


def cases() -> list[tuple[str, str]]:
    built_in = [(entity, name) for entity, fields in BUILT_IN.items() for name in fields]
    return built_in + [(entity, f"c_{kind}") for entity in PATHS for kind in OWN]


def test_every_field_that_can_be_restricted_is_a_case() -> None:
    open_to_rules = {
        (name, one.name)
        for name in entities.names()
        for one in entities.built_in(name).values()
        if not one.essential
    }
    assert open_to_rules == {(entity, name) for entity, name in cases() if not name.startswith("c_")}
    assert set(FieldKind) - OWN.keys() == {
        FieldKind.USER,
        FieldKind.DEPARTMENT,
        FieldKind.RECORD,
    }


@dataclass
class Case:
    """A record with one restricted field, and somebody whose role restricts it."""

    workshop: Workshop
    entity: str
    name: str
    value: Any
    record: Json
    seller: Browser
    role: str

    @property
    def path(self) -> str:
        return f"{PATHS[self.entity]}/{self.record['id']}"

    def restrict(self, right: str | None) -> None:
        rights = {self.role: {self.name: right}} if right else {}
        answer = self.workshop.admin.put(f"/record-kinds/{self.entity}/rights", {"rights": rights})
        assert answer.status_code == 200, answer.json

    def sent(self, value: Any) -> Json:
        return {"custom": {self.name: value}} if self.name.startswith("c_") else {self.name: value}


@pytest.fixture(scope="module")
def made(app: Flask, request: pytest.FixtureRequest) -> Case:
    """A case of its own company; several tests take it in turn, since none of them gets anything changed."""
    entity, name = request.param
    company = sign_up(app)
    workshop = Workshop(company)
    if name.startswith("c_"):
        kind = FieldKind(name.removeprefix("c_"))
        settings, value = OWN[kind]
        more = {} if kind in NEVER_FOUND_BY else {"filterable": True}
        workshop.define("字段", kind, entity=entity, key=name, settings=settings, **more)
        if kind is FieldKind.FILE:
            value = [bring(workshop.admin, file)["id"] for file in value]
    elif name == "parent_id":
        value = workshop.customer(MARK)["id"]
    elif name == "category_id":
        value = workshop.admin.post("/product-categories", {"name": MARK}).json["id"]
    elif name == "image_id":
        value = bring(workshop.admin, BUILT_IN[entity][name])["id"]
    else:
        value = BUILT_IN[entity][name]
    facts: Json = dict(BASIS[entity])
    if entity not in ON_THEIR_OWN:
        facts["customer_id"] = workshop.customer("客户")["id"]
    if name == "contact_id":
        contact = {"name": MARK, "customer_id": facts["customer_id"]}
        value = workshop.admin.post("/contacts", contact).json["id"]
    given = {"custom": {name: value}} if name.startswith("c_") else {name: value}
    facts |= {} if value is None else given
    permissions = {
        f"{resource}:{deed}": "all"
        for resource in ("customer", "contact", "activity", "task", "quote", "asset")
        for deed in ("read", "update", "create")
    }
    permissions |= dict.fromkeys(("product:read", "product:manage", "product:cost"), "all")
    role = company.admin.post("/roles", {"name": "受限", "permissions": {**permissions, "audit:read": "all"}})
    assert role.status_code == 201, role.json
    seller = hire(company, "受限").browser
    answer = workshop.admin.post(PATHS[entity], facts)
    assert answer.status_code == 201, answer.json
    workshop.work()
    return Case(workshop, entity, name, value, dict(answer.json), seller, role_id(company, "受限"))


@pytest.fixture
def case(made: Case) -> Case:
    """A case with nothing restricted yet."""
    made.restrict(None)
    return made


def told(answer: Any) -> list[str]:
    """The signs of the secret in an answer."""
    assert answer.status_code in {200, 412, 422}, answer.json
    text = answer.get_data(as_text=True)
    # Ids and instants are full of digits: a sign among them is none.
    return [sign for sign in SIGNS if re.search(rf"(?<![-.0-9a-f]){re.escape(sign)}(?![0-9a-f])", text)]


def places(case: Case) -> list[str]:
    """Where the field could show."""
    found = [PATHS[case.entity], case.path, "/audit-records?limit=100", "/my-day"]
    if case.entity in {"activity", "task", "service-record", "purchase"}:
        found += [f"/customers/{case.record['customer']['id']}/timeline"]
    else:
        found += [f"{case.path}/timeline", "/search?q=6666", f"{PATHS[case.entity]}?q=66660001"]
    return [*found, "/customer-facets"]


@pytest.mark.parametrize("made", cases(), indirect=True, ids="-".join)
def test_a_hidden_field_shows_nowhere(case: Case) -> None:
    if case.name in {"parent_id", "category_id", "contact_id"}:
        # The parent itself is a customer, whose name is no secret; so is that of a category or contact.
        case.restrict("hidden")
        assert case.seller.get(case.path).json[case.name.removesuffix("_id")] is None
        return
    before = [place for place in places(case) if told(case.seller.get(place))]
    assert case.path in before or case.value is True
    case.restrict("hidden")
    assert [place for place in places(case) if told(case.seller.get(place))] == []
    stale = case.seller.patch(case.path, case.sent(EMPTY.get(case.name)), version=999)
    assert stale.status_code == 412
    assert told(stale) == []


@pytest.mark.parametrize("made", cases(), indirect=True, ids="-".join)
def test_a_hidden_field_cannot_be_asked_for(case: Case) -> None:
    filters = case.workshop.describe(case.entity)["filters"]
    names = [one["name"] for one in filters if one["name"] in {case.name, case.name.removesuffix("s")}]
    views = f"/lists/{case.entity}/views"
    trees = [{"and": [{"field": name, "op": "empty", "value": False}]} for name in names]
    kept = [{"name": MARK, "filter": tree, "shown_columns": [{"name": case.name}]} for tree in trees]
    for view in kept:
        assert case.workshop.admin.post(views, {**view, "audience": "everyone"}).status_code == 201
    case.restrict("hidden")
    for view in case.seller.get(views).json["items"]:
        assert (view["filter"], view["shown_columns"]) == (None, [])
        assert view["dropped"] == [{"part": part, "label": None} for part in ("filter", "column")]
    for view in kept:
        assert refused(case.seller.post(views, view)) == [("filter.and.0.field", "unknown-filter-field")]
    for name in names:
        answer = case.seller.get(f"{PATHS[case.entity]}?{name}.empty=false")
        assert refused(answer) == [(f"{name}.empty", "unknown-filter-field")]
        tree = json.dumps({"field": name, "op": "empty", "value": False})
        assert case.seller.get(f"{PATHS[case.entity]}?filter={tree}").status_code == 422
    described = case.seller.get(f"/record-kinds/{case.entity}").json
    assert case.name not in {one["name"] for one in [*described["fields"], *described["filters"]]}
    assert not any(case.name in section["fields"] for section in described["sections"])


@pytest.mark.parametrize("right", ["read", "hidden"])
@pytest.mark.parametrize(
    "made", [one for one in cases() if one[1] != "c_formula"], indirect=True, ids="-".join
)
def test_what_may_not_be_written_is_not(case: Case, right: str) -> None:
    case.restrict(right)
    name = f"custom.{case.name}" if case.name.startswith("c_") else case.name
    code = "unknown-field" if right == "hidden" and case.name.startswith("c_") else "no-field-right"
    empty = EMPTY.get(case.name)
    before = case.workshop.admin.get(case.path).json
    answer = case.seller.patch(case.path, case.sent(empty), version=before["version"])
    assert refused(answer) == [(name, code)]
    assert case.workshop.admin.get(case.path).json == before
    facts: Json = {**BASIS[case.entity], **case.sent(case.value)}
    if case.entity not in ON_THEIR_OWN:
        facts["customer_id"] = case.record["customer"]["id"]
    assert refused(case.seller.post(PATHS[case.entity], facts)) == [(name, code)]
