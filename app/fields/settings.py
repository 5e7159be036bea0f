"""What each kind of field is told besides its name, checked when the field is defined."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from app.core import filters
from app.core.errors import FieldProblem, Invalid, invalid
from app.core.ids import new_id
from app.core.money import CURRENCIES
from app.fields import conditions, entities, formulas, readings
from app.fields.catalogue import Catalogue
from app.fields.formulas import BadFormula, Formula
from app.fields.states import CHOOSING, RESULTS, FieldKind
from app.files.uploads import MOST_AT_ONCE

Settings = dict[str, Any]
MOST_OPTIONS, LONGEST_LABEL = 500, 50
COLOURS = ("grey", "blue", "teal", "green", "amber", "red", "violet")
RULES = ("visible", "required", "read_only")
_VALUE = re.compile(r"[a-z0-9_]{1,40}")


def checked(kind: FieldKind, sent: Mapping[str, Any], *, among: Catalogue, before: Settings) -> Settings:
    """Settings as kept.

    :param among: the other fields of the same kind of record
    :param before: what was kept until now; options that records may bear are never dropped, only retired
    :raises Invalid: naming what cannot be taken
    """
    known = _KNOWN.get(kind, frozenset())
    if strange := sorted(sent.keys() - known):
        raise Invalid(*(FieldProblem(f"settings.{name}", "unknown-field") for name in strange))
    reader = _READERS.get(kind)
    return reader(sent, among, before) if reader else {}


def _whole(sent: Mapping[str, Any], name: str, low: int, high: int) -> int | None:
    value = sent.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise invalid(f"settings.{name}", "not-a-number")
    if not low <= value <= high:
        raise invalid(f"settings.{name}", "out-of-range", min=low, max=high)
    return value


def _words(sent: Mapping[str, Any], name: str, longest: int) -> str | None:
    value = sent.get(name)
    if value in (None, ""):
        return None
    if not isinstance(value, str):
        raise invalid(f"settings.{name}", "not-text")
    if len(value) > longest:
        raise invalid(f"settings.{name}", "too-long", max=longest)
    return value.strip()


def _one_of(sent: Mapping[str, Any], name: str, words: tuple[str, ...] | list[str]) -> str:
    value = sent.get(name)
    if value not in words:
        raise invalid(f"settings.{name}", "not-a-choice", choices=", ".join(words))
    return str(value)


def _some(**values: Any) -> Settings:
    return {name: value for name, value in values.items() if value is not None}


def _text(sent: Mapping[str, Any], _among: Catalogue, _before: Settings) -> Settings:
    return _some(max=_whole(sent, "max", 1, readings.LONGEST[FieldKind.TEXT]))


def _number(sent: Mapping[str, Any], _among: Catalogue, _before: Settings) -> Settings:
    low, high = (_whole(sent, name, -(10**12), 10**12) for name in ("min", "max"))
    if low is not None and high is not None and low > high:
        raise invalid("settings.max", "out-of-range", min=low, max=10**12)
    decimals = _whole(sent, "decimals", 0, readings.MOST_DECIMALS)
    return _some(min=low, max=high, decimals=decimals or 0, unit=_words(sent, "unit", 10))


def _money(sent: Mapping[str, Any], _among: Catalogue, _before: Settings) -> Settings:
    return {"currency": _one_of({"currency": "CNY", **sent}, "currency", sorted(CURRENCIES))}


def _record(sent: Mapping[str, Any], _among: Catalogue, before: Settings) -> Settings:
    target = _one_of(sent, "target", entities.linkable())
    if before and before["target"] != target:
        raise invalid("settings.target", "fixed-field")
    return {"target": target}


def _file(sent: Mapping[str, Any], _among: Catalogue, _before: Settings) -> Settings:
    pictures = sent.get("pictures", False)
    if not isinstance(pictures, bool):
        raise invalid("settings.pictures", "not-a-boolean")
    most = _whole(sent, "most", 1, MOST_AT_ONCE) or 1
    return {"most": most, **({"pictures": True} if pictures else {})}


def _formula(sent: Mapping[str, Any], among: Catalogue, before: Settings) -> Settings:
    expression = _words(sent, "expression", formulas.LONGEST)
    if not expression:
        raise invalid("settings.expression", "required")
    formula_of(expression, among)
    result = _one_of(sent, "result", [str(one) for one in RESULTS])
    if before and before["result"] != result:
        raise invalid("settings.result", "fixed-field")
    decimals = _whole(sent, "decimals", 0, readings.MOST_DECIMALS)
    return _some(
        expression=expression,
        result=result,
        decimals=2 if decimals is None else decimals,
        unit=_words(sent, "unit", 10),
    )


def formula_of(expression: str, among: Catalogue) -> Formula:
    """A formula over fields that there are.

    :raises Invalid: naming `settings.expression`, with the place `at`, counted from one
    """
    try:
        formula = formulas.parse(expression)
    except BadFormula as fault:
        raise invalid("settings.expression", fault.code, **fault.facts) from None
    known = {*entities.built_in(among.entity), *among.fields}
    places = {name: expression.index(f"{{{name}}}") + 1 for name in formula.fields - known}
    if places:
        first = min(places, key=places.__getitem__)
        raise invalid("settings.expression", "formula-field", value=first, at=places[first])
    return formula


def _options(sent: Mapping[str, Any], among: Catalogue, before: Settings) -> Settings:
    given = sent.get("options")
    if not isinstance(given, list) or not given:
        raise invalid("settings.options", "required" if not given else "not-a-list")
    if len(given) > MOST_OPTIONS:
        raise invalid("settings.options", "too-many", max=MOST_OPTIONS)
    leader = _leader(sent, among)
    options = [_option(f"settings.options.{i}", one, leader, among) for i, one in enumerate(given)]
    for name in ("value", "label"):
        seen: set[str] = set()
        for i, one in enumerate(options):
            if one[name] in seen:
                raise invalid(f"settings.options.{i}.{name}", "already-exists")
            seen.add(one[name])
    values = {one["value"] for one in options}
    gone = [one for one in before.get("options", ()) if one["value"] not in values]
    return _some(options=options + [{**one, "retired": True} for one in gone], depends_on=leader)


def _leader(sent: Mapping[str, Any], among: Catalogue) -> str | None:
    leader = _words(sent, "depends_on", 64)
    if leader is None:
        return None
    built_in = entities.built_in(among.entity).get(leader)
    own = among.fields.get(leader)
    if not (built_in and built_in.choices) and not (own and own.kind is FieldKind.CHOICE):
        raise invalid("settings.depends_on", "not-a-choice-field")
    return leader


def _option(at: str, one: Any, leader: str | None, among: Catalogue) -> Settings:
    if not isinstance(one, dict) or not one.keys() <= {"value", "label", "color", "under", "retired"}:
        raise invalid(at, "not-an-object")
    label, value = one.get("label"), one.get("value") or f"o{new_id().hex[-12:]}"
    if not isinstance(label, str) or not label.strip():
        raise invalid(f"{at}.label", "required")
    if len(label) > LONGEST_LABEL:
        raise invalid(f"{at}.label", "too-long", max=LONGEST_LABEL)
    if not isinstance(value, str) or not _VALUE.fullmatch(value):
        raise invalid(f"{at}.value", "bad-character")
    color, under = one.get("color"), one.get("under") or None
    if color is not None and color not in COLOURS:
        raise invalid(f"{at}.color", "not-a-choice", choices=", ".join(COLOURS))
    if under is not None and (leader is None or not _are_choices(under, leader, among)):
        raise invalid(f"{at}.under", "unknown-reference")
    retired = True if one.get("retired") is True else None
    return _some(value=value, label=label.strip(), color=color, under=under, retired=retired)


def _are_choices(under: Any, leader: str, among: Catalogue) -> bool:
    own = among.fields.get(leader)
    open_to = set(own.options if own else entities.built_in(among.entity)[leader].choices)
    return isinstance(under, list) and all(isinstance(one, str) and one in open_to for one in under)


def rules(sent: Mapping[str, Any], *, among: Catalogue) -> dict[str, Any]:
    """Conditions as kept.

    :raises Invalid: naming what cannot be taken
    """
    known = conditions.fields_of(among.entity, among.fields.values())
    kept = {}
    for word, tree in sent.items():
        if word not in RULES:
            raise invalid(f"rules.{word}", "unknown-field")
        if tree is None:
            continue
        filters.from_tree(tree, known, at=f"rules.{word}")
        kept[word] = tree
    return kept


_CHOICE = frozenset({"options", "depends_on"})
_KNOWN: dict[FieldKind, frozenset[str]] = {
    FieldKind.TEXT: frozenset({"max"}),
    FieldKind.NUMBER: frozenset({"min", "max", "decimals", "unit"}),
    FieldKind.MONEY: frozenset({"currency"}),
    FieldKind.RECORD: frozenset({"target"}),
    FieldKind.FILE: frozenset({"most", "pictures"}),
    FieldKind.FORMULA: frozenset({"expression", "result", "decimals", "unit"}),
    **dict.fromkeys(CHOOSING, _CHOICE),
}
_READERS: dict[FieldKind, Callable[[Mapping[str, Any], Catalogue, Settings], Settings]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.RECORD: _record,
    FieldKind.FILE: _file,
    FieldKind.FORMULA: _formula,
    **dict.fromkeys(CHOOSING, _options),
}
