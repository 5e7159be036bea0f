"""Rows that speak of customers there are already: what is different about them is changed, and nothing else.

A cell that says what an export would say says nothing new, however else it could be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from app.imports.plan import Plan, Row, is_own
from app.jobs import wording
from app.jobs.leases import RowResult
from app.jobs.models import Outcome
from app.lists.cards import plain
from app.spreadsheets import writing
from app.spreadsheets.vocabulary import Reader
from tenants import calendar, rls

_ELSEWHERE = {"id", "owner", "parent", "mobile", "phone", "tags"}
_NUMBERS = ("mobile", "phone")


@dataclass(frozen=True, slots=True)
class Revised:
    """What became of a row that speaks of a customer there is already."""

    row: Row
    customer_id: UUID
    result: RowResult
    other_parent: bool = False
    """Whether it wants to belong to another company than it does."""


@permitted(Permission.CUSTOMER_IMPORT)
def revise(actor: Actor, plan: Plan, rows: Mapping[UUID, Row]) -> list[Revised]:
    """Change the customers that rows speak of, in a fixed number of statements."""
    if not rows:
        return []
    if not actor.may(Permission.CUSTOMER_UPDATE):
        refusal = [FieldProblem("row", "customer-not-yours")]
        return [Revised(row, key, _failed(row, key, refusal)) for key, row in rows.items()]
    connection = rls.driver_of(db.session())
    found = plain(cards.these(connection, actor, customers.reach_of(actor), list(rows)))
    items = {UUID(item["id"]): item for item in found}
    readers = [Reader(locale, calendar.zone()) for locale in LOCALES]
    rows = {key: row for key, row in rows.items() if key in items}
    news = {key: _news(plan, row, items[key], readers) for key, row in rows.items()}
    faults = {key: _faults(row, news[key], items[key]) for key, row in rows.items()}
    wanted = {key: _changes(row, news[key], items[key]) for key, row in rows.items() if not faults[key]}
    outcomes = {**faults, **revising.revise_many(actor, wanted)}
    labels = _labels(plan, actor.locale)
    return [_revised(rows[key], outcome, news[key], items[key], labels) for key, outcome in outcomes.items()]


def _labels(plan: Plan, locale: str) -> dict[str, str]:
    """What the words of choices are called, by field and word."""
    return {
        f"{column.field.name} {choice.value}": choice.label(locale)
        for column in plan.columns
        for choice in column.field.choices
    }


def _faults(row: Row, new: set[str], item: Mapping[str, Any]) -> tuple[FieldProblem, ...]:
    """What is wrong with a row, as far as it says something new."""
    faults = [problem for problem in row.problems if problem.field in {*new, "row"}]
    owner = item["owner"] and item["owner"]["id"]
    if "owner" in new and not faults and row.owner_id and str(row.owner_id) != owner:
        faults.append(FieldProblem("owner", "owner-by-transfer"))
    return tuple(faults)


def _news(plan: Plan, row: Row, item: Mapping[str, Any], readers: Sequence[Reader]) -> set[str]:
    """The fields about which a row says something else than an export of the customer would."""
    fields = {column.field.name: column.field for column in plan.columns}
    return {
        name
        for name, text in row.texts.items()
        if all(text != cells.clean(writing.plain(writing.cell(fields[name], item, r))) for r in readers)
    } - {"id"}


def _changes(row: Row, new: set[str], item: Mapping[str, Any]) -> dict[str, Any]:
    """What the row wants to be different, in the words of the domain."""
    changes = {n: value for n, value in row.values.items() if n in new - _ELSEWHERE and not is_own(n)}
    if own := {name: value for name, value in row.custom.items() if name in new}:
        changes["custom"] = own
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


def _revised(
    row: Row, outcome: Any, new: set[str], item: Mapping[str, Any], labels: Mapping[str, str]
) -> Revised:
    """What is told of a row: every change, before and after."""
    key = UUID(item["id"])
    if outcome and isinstance(outcome[0], FieldProblem):
        return Revised(row, key, _failed(row, key, outcome))
    said = [_said(change, labels) for change in outcome]
    other_parent = "parent" in new and bool(row.parent)
    if other_parent:
        former = item["parent"] and item["parent"]["name"]
        said.append(_said({"field": "parent", "before": former, "after": row.parent}, labels))
    if not said:
        return Revised(row, key, _result(row, key, Outcome.SKIPPED, [FieldProblem("row", "row-unchanged")]))
    return Revised(row, key, _result(row, key, Outcome.SUCCEEDED, said), other_parent)


def _said(change: Mapping[str, Any], labels: Mapping[str, str]) -> FieldProblem:
    values = ((name, change[name]) for name in ("before", "after"))
    facts = tuple((n, labels.get(f"{change['field']} {value}") or _shown(value)) for n, value in values)
    return FieldProblem(change["field"], "field-changed", facts)


def _shown(value: Any) -> str:
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
