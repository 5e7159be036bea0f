"""What is wrong with a form that has been designed, before anybody fills it in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.core import filters
from app.core.errors import Invalid
from app.fields import settings as own_settings
from app.fields.catalogue import Catalogue, CustomField
from app.fields.readings import Unfit
from app.fields.states import FieldKind
from app.forms import facts, values
from app.forms.definitions import ENTITY, Fields, FormField, custom_of
from app.forms.states import Kind

_FIGURES = {Kind.NUMBER, Kind.MONEY}
_NO_DEFAULT = {Kind.NOTE, Kind.TABLE, Kind.FORMULA, Kind.FILE, Kind.DATE_RANGE}


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a form: at which field, in which of its settings, and a stable code."""

    key: str | None
    field: str
    code: str
    facts: tuple[tuple[str, object], ...] = ()


def problems(fields: Fields, before: Mapping[str, Kind]) -> list[Problem]:
    """All that keeps a form from being published; empty if it may be.

    :param before: what fields hold that were published earlier: what a key means never changes
    """
    found: list[Problem] = []
    for i, one in enumerate(fields):
        found.extend(_of(one, fields[:i]))
        if before.get(one.key, one.kind) is not one.kind:
            found.append(Problem(one.key, "kind", "fixed-field"))
    if all(one.kind is Kind.NOTE for one in fields):
        found.append(Problem(None, "fields", "form-empty"))
    return found


def _of(one: FormField, above: Fields) -> Iterator[Problem]:
    if one.kind is Kind.NOTE:
        if not one.help:
            yield Problem(one.key, "help", "required")
    else:
        if not one.label:
            yield Problem(one.key, "label", "required")
        yield from _settings(one.key, one, _known(above))
    if one.kind is Kind.TABLE:
        yield from _columns(one)
    if one.visible is not None:
        yield from _visibility(one, above)
    if one.default is not None:
        yield from _default(one)


def _known(above: Fields) -> dict[str, CustomField]:
    """What formulas can read: the fields above, and the parts of those that are composed."""
    found = {one.key: custom for one in above if (custom := custom_of(one)) and _whole(one)}
    some = next(iter(found.values()), None) or custom_of(_SOME)
    if some is not None:
        composed = (one for one in above if one.kind in {Kind.DATE_RANGE, Kind.TABLE})
        for one in composed:
            found |= {name: replace(some, key=name) for name in facts.fields_of([one])}
    return found


_SOME = FormField(key="f_0", kind=Kind.TEXT, label="")


def _whole(one: FormField) -> bool:
    """Whether a formula is drawn far enough to be read by others."""
    return one.kind is not Kind.FORMULA or "result" in one.settings


def _settings(key: str, one: FormField, known: Mapping[str, CustomField], at: str = "") -> Iterator[Problem]:
    custom = custom_of(one)
    kind = None if custom is None else custom.kind
    if "depends_on" in one.settings or (kind is None and one.settings):
        yield Problem(key, f"{at}settings", "unknown-field")
        return
    if kind is None or kind is FieldKind.RECORD:
        return
    try:
        own_settings.checked(kind, one.settings, among=Catalogue(ENTITY, known), before={})
    except Invalid as error:
        first = error.problems[0]
        yield Problem(key, f"{at}{first.field}", first.code, first.facts)


def _columns(one: FormField) -> Iterator[Problem]:
    if not one.columns:
        yield Problem(one.key, "columns", "too-few", (("min", 1),))
    for i, column in enumerate(one.columns):
        at = f"columns.{i}."
        if not column.label:
            yield Problem(one.key, f"{at}label", "required")
        above = {each.key: made for each in one.columns[:i] if _whole(each) and (made := custom_of(each))}
        yield from _settings(one.key, column, above, at)
        if column.summed and column.kind not in _FIGURES and column.settings.get("result") != "number":
            yield Problem(one.key, f"{at}summed", "not-numeric")


def _visibility(one: FormField, above: Fields) -> Iterator[Problem]:
    try:
        filters.from_tree(
            one.visible, facts.fields_of([each for each in above if _whole(each)]), at="visible"
        )
    except Invalid as error:
        first = error.problems[0]
        yield Problem(one.key, first.field, first.code, first.facts)


def _default(one: FormField) -> Iterator[Problem]:
    if one.kind in _NO_DEFAULT:
        yield Problem(one.key, "default", "unknown-field")
        return
    if (one.kind, one.default) in {(Kind.USER, "me"), (Kind.DATE, "today")}:
        return
    try:
        values.read(one, one.default)
    except Unfit as fault:
        yield Problem(one.key, "default", fault.code, tuple(fault.facts.items()))
