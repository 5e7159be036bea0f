"""Filling in a form: what was sent is checked, computed and looked up, and told as people read it.

What a condition hides is neither asked nor kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from app.access.actor import Actor
from app.core import filters
from app.core.db import db
from app.core.errors import FieldProblem, Invalid, invalid
from app.core.filter_truth import holds
from app.fields import filling as own_fields
from app.fields import formulas, references
from app.fields.readings import Unfit
from app.fields.references import Known
from app.files.cards import briefs
from app.forms import facts, telling, values
from app.forms.definitions import Fields, FormField, catalogue_of, custom_of
from app.forms.facts import Facts
from app.forms.states import Kind
from tenants import rls

AT = "values"
MOST_BYTES = 64_000


@dataclass(slots=True)
class Filled:
    """A form that is filled in."""

    values: dict[str, Any] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    told: list[dict[str, Any]] = field(default_factory=list)


def fill(by: Actor, fields: Fields, sent: Mapping[str, Any], *, before: Filled | None = None) -> Filled:
    """A form as it is kept.

    :param before: what was filled in until now; what it pointed to may stay, whoever sees it
    :raises Invalid: naming every field that cannot be taken, or all of them if they are too much together
    """
    known = {one.key for one in fields}
    problems = [FieldProblem(f"{AT}.{str(key)[:40]}", "unknown-field") for key in sent if key not in known]
    filled = Filled()
    asked = facts.fields_of(fields)
    seen = []
    for one in fields:
        if _visible(one, asked, filled):
            seen.append(one)
            _take(one, fields, sent.get(one.key), filled, problems)
    found = _look_up(by, fields, filled, before or Filled(), problems)
    if problems:
        raise Invalid(*problems)
    filled.told = _told(by, seen, filled, before or Filled(), found)
    if len(orjson.dumps(filled.told)) > MOST_BYTES:
        raise invalid(AT, "entry-too-large", max=MOST_BYTES // 1000)
    return filled


def _visible(one: FormField, asked: filters.Fields, filled: Filled) -> bool:
    """Whether a field is there to be filled in, after those above it."""
    if one.kind is Kind.NOTE:
        return False
    return one.visible is None or holds(filters.from_tree(one.visible, asked), filled.facts)


def _take(one: FormField, fields: Fields, value: Any, filled: Filled, problems: list[FieldProblem]) -> None:
    at = f"{AT}.{one.key}"
    try:
        found = _read(one, fields, value, filled, problems)
    except Unfit as fault:
        problems.append(fault.problem(at))
        return
    if found is not None:
        filled.values[one.key] = found
        filled.facts.update(facts.facts_of(one, found))
    elif one.required and one.kind is not Kind.FORMULA:
        refused = any(problem.field.startswith(f"{at}.") for problem in problems)
        problems.extend([] if refused else [FieldProblem(at, "required")])


def _read(one: FormField, fields: Fields, value: Any, filled: Filled, problems: list[FieldProblem]) -> Any:
    if one.kind is Kind.FORMULA:
        return _computed(one, fields, filled)
    if one.kind is Kind.TABLE:
        return values.table(one, value, f"{AT}.{one.key}", problems)
    return values.read(one, value)


def _computed(one: FormField, fields: Fields, filled: Filled) -> Any:
    custom = custom_of(one)
    assert custom is not None  # noqa: S101  (a formula is like a custom field)
    plain = {key: value for key, value in filled.values.items() if not _is_composed(value)}
    also = {name: values.operand(value) for name, value in _composed(filled).items()}
    operands = own_fields.operands(catalogue_of(fields), plain, also)
    return own_fields.result_of(custom, formulas.parse(one.settings["expression"]).compute(operands))


def _is_composed(value: Any) -> bool:
    return isinstance(value, Mapping) and "amount" not in value


def _composed(filled: Filled) -> dict[str, Any]:
    """Days, ends and sums, by the names that formulas know them by."""
    found: dict[str, Any] = {}
    for key, value in filled.values.items():
        if _is_composed(value):
            parts = value.get("sums", value)
            found |= {f"{key}_{part}": one for part, one in parts.items()}
            if "rows" in value:
                found[f"{key}_{facts.ROWS}"] = len(value["rows"])
    return found


def _look_up(
    by: Actor, fields: Fields, filled: Filled, before: Filled, problems: list[FieldProblem]
) -> Known:
    catalogue = catalogue_of(fields)
    pointing = {one.key: filled.values[one.key] for one in catalogue.references if one.key in filled.values}
    wanted = own_fields.Wanted(sent=pointing, facts={}, before=before.values)
    found = references.look_up(by, catalogue, [pointing], [wanted])
    faults = references.problems(catalogue, pointing, wanted, found)
    for fault in faults:
        place = fault.field.removeprefix(own_fields.PREFIX)
        problems.append(FieldProblem(f"{AT}{place}", fault.code, fault.facts))
    return found


def _told(
    by: Actor, seen: list[FormField], filled: Filled, before: Filled, found: Known
) -> list[dict[str, Any]]:
    files = [file_id for one in seen if one.kind is Kind.FILE for file_id in filled.values.get(one.key, ())]
    called = briefs(rls.driver_of(db.session.connection()), by, files) if files else {}
    kept = {one["name"]: one for one in before.told}
    made = []
    for one in seen:
        value = filled.values.get(one.key)
        if value is not None and value == before.values.get(one.key) and one.key in kept:
            made.append({**kept[one.key], "label": one.label})
        else:
            made.append(telling.told(one, value, found.refs, called))
    return made
