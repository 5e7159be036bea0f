"""Rows that speak of customers there are already: what is different about them is changed, and nothing else.

A cell that says what an export would say says nothing new, however else it could be read.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.db import db
from app.core.errors import FieldProblem, Invalid
from app.core.messages import LOCALES
from app.core.phones import Phone, is_mobile, normalise
from app.customers import cards, revising
from app.customers import queries as customers
from app.imports import cells
from app.imports.plan import Plan, Row
from app.jobs import wording
from app.jobs.leases import RowResult
from app.jobs.models import Outcome
from app.lists.cards import plain
from app.spreadsheets import writing
from app.spreadsheets.writing import Reader
from tenants import calendar, rls

_ELSEWHERE = {"id", "owner", "parent", "mobile", "phone", "tags"}
_NUMBERS = ("mobile", "phone")


@permitted(Permission.CUSTOMER_IMPORT)
def revise(actor: Actor, plan: Plan, rows: Mapping[UUID, Row]) -> list[RowResult]:
    """Change the customers that rows speak of; returns what became of each row."""
    if not rows:
        return []
    if not actor.may(Permission.CUSTOMER_UPDATE):
        refused = [FieldProblem("row", "customer-not-yours")]
        return [_failed(row, customer_id, refused) for customer_id, row in rows.items()]
    connection = rls.driver_of(db.session())
    items = {
        UUID(item["id"]): item
        for item in plain(cards.these(connection, actor, customers.reach_of(actor), list(rows)))
    }
    readers = [Reader(locale, calendar.zone()) for locale in LOCALES]
    wanted: dict[UUID, dict[str, Any]] = {}
    results = []
    for customer_id, row in rows.items():
        new = _news(plan, row, items.get(customer_id, {}), readers)
        problems = [p for p in row.problems if p.field in {*new, "row"}]
        if problems:
            results.append(_failed(row, customer_id, problems))
        else:
            wanted[customer_id] = _changes(row, new, items.get(customer_id, {}))
    outcomes = revising.revise_many(actor, wanted)
    return results + [_told(rows[customer_id], customer_id, told) for customer_id, told in outcomes.items()]


def _news(plan: Plan, row: Row, item: Mapping[str, Any], readers: Sequence[Reader]) -> set[str]:
    """The fields about which a row says something else than an export of the customer would."""
    fields = {column.field.name: column.field for column in plan.columns}
    return {
        name
        for name, text in row.texts.items()
        if not item
        or all(text != cells.clean(writing.plain(writing.cell(fields[name], item, r))) for r in readers)
    } - {"id"}


def _changes(row: Row, new: set[str], item: Mapping[str, Any]) -> dict[str, Any]:
    """What the row wants to be different, in the words of the domain."""
    changes = {name: row.values[name] for name in new - _ELSEWHERE if name in row.values}
    if "tags" in new:
        changes["tags"] = tuple(row.values["tags"])
    if new & set(_NUMBERS):
        changes["phones"] = _phones(row, new, item)
    return changes


def _phones(row: Row, new: set[str], item: Mapping[str, Any]) -> tuple[Phone, ...]:
    """The numbers as the row has them; a kind of number of which it says nothing stays."""
    kept = [Phone(one["number"], one["label"]) for one in item.get("phones", ())]
    labels = {phone.number: phone.label for phone in kept}
    numbers: list[Phone] = []
    for name in _NUMBERS:
        if name in new:
            numbers += [Phone(text, labels.get(_stored(text), "")) for text in row.values.get(name, ())]
        else:
            numbers += [phone for phone in kept if is_mobile(phone.number) == (name == "mobile")]
    same = {_stored(phone.number) for phone in numbers} == labels.keys()
    return tuple(kept if same else numbers)


def _stored(text: str) -> str:
    try:
        return normalise(text)
    except Invalid:
        return text


def _told(row: Row, customer_id: UUID, told: Any) -> RowResult:
    if told and isinstance(told[0], FieldProblem):
        return _failed(row, customer_id, told)
    if not told:
        return _result(row, customer_id, Outcome.SKIPPED, [FieldProblem("row", "row-unchanged")])
    return _result(row, customer_id, Outcome.SUCCEEDED, [_said(change) for change in told])


def _said(change: Mapping[str, Any]) -> FieldProblem:
    facts = tuple((name, shown(change["field"], change[name])) for name in ("before", "after"))
    return FieldProblem(change["field"], "field-changed", facts)


def shown(field: str, value: Any) -> str:
    """A value of the trail in one line."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, dict):
        return str(value.get("amount", value.get("name")))
    if isinstance(value, list):
        return "、".join(str(one["number"] if isinstance(one, dict) else one) for one in value)
    return str(value)[:100]


def _failed(row: Row, customer_id: UUID, problems: Sequence[FieldProblem]) -> RowResult:
    return _result(row, customer_id, Outcome.FAILED, problems)


def _result(row: Row, customer_id: UUID, outcome: Outcome, said: Sequence[FieldProblem]) -> RowResult:
    return RowResult(
        row=row.number,
        outcome=outcome,
        label=row.name,
        record_id=customer_id,
        messages=wording.problems(said),
    )
