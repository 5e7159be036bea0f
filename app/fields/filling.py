"""Filling in the custom fields of records: what was sent is checked, computed and looked up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.core.errors import FieldProblem, Invalid
from app.core.filter_truth import holds
from app.core.money import CURRENCIES
from app.fields import catalogue as catalogues
from app.fields import formulas, readings, references
from app.fields.catalogue import Catalogue, CustomField
from app.fields.formulas import Value
from app.fields.readings import Unfit
from app.fields.references import Known
from app.fields.states import FieldKind
from tenants import calendar

PREFIX = "custom"
Custom = dict[str, Any]
Facts = Mapping[str, Any]
Problems = tuple[FieldProblem, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one record is to have in its custom fields."""

    sent: Mapping[str, Any]
    facts: Facts
    """Its built-in fields as they will be, plain."""
    before: Custom | None = None
    """What it has now; None for a record about to be made."""
    record_id: UUID | None = None
    in_brief: bool = False
    """Whether it is made in passing: what is missing can be filled in later."""


def fill(by: Actor, entity: str, wanted: Sequence[Wanted]) -> list[Custom | Problems]:
    """For each record, in order, what its custom fields hold, or what is wrong; few statements for all."""
    catalogue = catalogues.now(by, entity)
    if not catalogue.fields and not any(one.sent for one in wanted):
        return [dict(one.before or {}) for one in wanted]
    read = [_read(by, catalogue, one) for one in wanted]
    known = references.look_up(by, catalogue, [values for values, _ in read], wanted)
    return [
        _filled(by, catalogue, one, values, problems, known)
        for one, (values, problems) in zip(wanted, read, strict=True)
    ]


def demand(by: Actor, entity: str, wanted: Wanted) -> Custom:
    """What the custom fields of one record hold.

    :raises Invalid: naming every field that cannot be taken
    """
    [filled] = fill(by, entity, [wanted])
    if isinstance(filled, tuple):
        raise Invalid(*filled)
    return filled


def unreadable(by: Actor, entity: str, sent: Mapping[str, Any]) -> Problems:
    """What of custom fields can be taken for no record at all: unknown, not as it should be, or closed."""
    return tuple(_read(by, catalogues.now(by, entity), Wanted(sent=sent, facts={}, before={}))[1])


def unfit_for_many(by: Actor, entity: str, sent: Mapping[str, Any]) -> Problems:
    """The same, and what only one record can have: a file lies in one place."""
    found = unreadable(by, entity, sent)
    known, refused = catalogues.now(by, entity).fields, {problem.field for problem in found}
    files = (f"{PREFIX}.{key}" for key in sent if key in known and known[key].kind is FieldKind.FILE)
    return (*found, *(FieldProblem(path, "not-for-many") for path in files if path not in refused))


def _read(by: Actor, catalogue: Catalogue, wanted: Wanted) -> tuple[Custom, list[FieldProblem]]:
    values: Custom = {}
    problems: list[FieldProblem] = []
    for key, value in wanted.sent.items():
        field = catalogue.fields.get(key)
        if field is None:
            problems.append(FieldProblem(f"{PREFIX}.{key}", "unknown-field"))
            continue
        try:
            values[key] = readings.read(field, value)
        except Unfit as fault:
            problems.append(fault.problem(f"{PREFIX}.{key}"))
            continue
        if key in by.fixes(catalogue.entity) and values[key] != (wanted.before or {}).get(key):
            code = "unknown-field" if key in by.hides(catalogue.entity) else "no-field-right"
            problems.append(FieldProblem(f"{PREFIX}.{key}", code))
    return values, problems


def _filled(
    by: Actor, catalogue: Catalogue, wanted: Wanted, values: Custom,
    problems: Sequence[FieldProblem], known: Known,
) -> Custom | Problems:  # fmt: skip
    refused = {problem.field for problem in problems}
    pointing = references.problems(catalogue, values, wanted, known)
    # What may not be written need not be looked into.
    found = [*problems, *(one for one in pointing if not refused & {one.field, _field_in(one.field)})]
    custom = {key: value for key, value in {**(wanted.before or {}), **values}.items() if value is not None}
    if wanted.before is None:
        custom |= {
            field.key: default
            for field in catalogue.fields.values()
            if field.key not in wanted.sent and (default := _default(by, field)) is not None
        }
    custom = computed(catalogue, custom, wanted.facts)
    named = {_field_in(problem.field) for problem in found}
    found += [one for one in _ruled(by, catalogue, wanted, values, custom) if one.field not in named]
    return tuple(found) if found else custom


def _field_in(path: str) -> str:
    """The field that a path such as `custom.c_photos.0` leads to."""
    return ".".join(path.split(".")[:2])


def _default(by: Actor, field: CustomField) -> Any:
    if field.default is None or field.kind is FieldKind.FORMULA:
        return None
    if field.kind is FieldKind.USER and field.default == "me":
        return None if by.is_system else str(by.id)
    if field.kind is FieldKind.DATE and field.default == "today":
        return calendar.today(calendar.zone()).isoformat()
    return field.default


def computed(catalogue: Catalogue, custom: Custom, facts: Facts) -> Custom:
    """What is filled in, with its formulas computed anew. A formula may read those defined before it."""
    if not catalogue.formulas:
        return custom
    values = operands(catalogue, custom, facts)
    made = dict(custom)
    for field in catalogue.formulas:
        result = formulas.parse(field.settings["expression"]).compute(values)
        values[field.key] = result
        kept = result_of(field, result)
        if kept is None:
            made.pop(field.key, None)
        else:
            made[field.key] = kept
    return made


def operands(catalogue: Catalogue, custom: Custom, facts: Facts) -> dict[str, Value]:
    """What formulas read of a record."""
    values = {name: _operand(value) for name, value in facts.items()}
    return values | {key: _operand(value, catalogue.fields.get(key)) for key, value in custom.items()}


def _operand(value: Any, field: CustomField | None = None) -> Value:
    if field is not None and field.holds is FieldKind.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, dict) and "amount" in value:
        return Decimal(value["amount"]).scaleb(-CURRENCIES.get(value["currency"], 2))
    if isinstance(value, bool | str | date):
        return value
    return Decimal(str(value)) if isinstance(value, int | float) else None


def result_of(field: CustomField, result: Value) -> Any:
    """What a formula came to, as it is kept; None if that is not what the field holds."""
    kind = field.holds
    if kind is FieldKind.NUMBER:
        if isinstance(result, bool) or not isinstance(result, Decimal) or abs(result) >= 10**12:
            return None
        return readings.rounded(result, field.settings.get("decimals", 2))
    if kind is FieldKind.DATE:
        return result.isoformat() if isinstance(result, date) else None
    if kind is FieldKind.YES_NO:
        return result if isinstance(result, bool) else None
    return result if isinstance(result, str) and result else None


def _ruled(
    by: Actor, catalogue: Catalogue, wanted: Wanted, values: Custom, custom: Custom
) -> list[FieldProblem]:
    """What the fields' rules refuse: something missing, something that may not be touched."""
    facts = {**wanted.facts, **custom}
    problems = []
    for field in catalogue.fields.values():
        rules = catalogue.rules.get(field.key, {})
        visible = "visible" not in rules or holds(rules["visible"], facts)
        if field.key in by.fixes(catalogue.entity):
            continue
        if _missing(field, rules, custom, facts) and visible and _asked(field, wanted):
            problems.append(FieldProblem(f"{PREFIX}.{field.key}", "required"))
        before = (wanted.before or {}).get(field.key)
        if (
            "read_only" in rules
            and field.key in values
            and values[field.key] != before
            and holds(rules["read_only"], facts)
        ):
            problems.append(FieldProblem(f"{PREFIX}.{field.key}", "read-only-field"))
    return problems


def _missing(field: CustomField, rules: Mapping[str, Any], custom: Custom, facts: Facts) -> bool:
    if field.key in custom or field.kind is FieldKind.FORMULA:
        return False
    return field.required or ("required" in rules and holds(rules["required"], facts))


def _asked(field: CustomField, wanted: Wanted) -> bool:
    """Whether a change has to do with a field: what has long been missing must not stop other work."""
    if wanted.before is None:
        return not wanted.in_brief or field.key in wanted.sent
    return field.key in wanted.sent or field.key in wanted.before
