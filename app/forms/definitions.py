"""What an administrator designs: the fields of a form, in their order, read strictly from plain JSON."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.core.errors import invalid
from app.core.json_shapes import Members, Reader, choice, list_of, members, thing, yes_no
from app.core.plain_text import Unplain, tidied
from app.fields.catalogue import Catalogue, CustomField
from app.fields.states import FieldKind
from app.forms.states import IN_TABLES, Kind

MOST_FIELDS, MOST_COLUMNS, MOST_ROWS = 60, 12, 100
LONGEST_LABEL, LONGEST_HELP = 60, 500
ENTITY = "form-entry"
_KEY = re.compile(r"f_[a-z0-9]{1,20}")
_COLUMN_KEY = re.compile(r"c_[a-z0-9]{1,20}")
_NO_FIELD = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field of a form, or a column of a table on it."""

    key: str
    kind: Kind
    label: str
    help: str = ""
    required: bool = False
    half: bool = False
    """Whether two such fields stand side by side."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """As custom fields have them."""
    default: Any = None
    visible: Any = None
    """A condition over the fields above it; None: always."""
    columns: tuple["FormField", ...] = ()
    summed: bool = False
    """Of a column: whether its sum is told."""

    @property
    def money_in(self) -> str | None:
        """The currency of what is money."""
        return str(self.settings.get("currency") or "CNY") if self.kind is Kind.MONEY else None


Fields = Sequence[FormField]


def _line(longest: int, *, lines: bool = False) -> Reader:
    """Reads a text that may still be empty."""

    def read_it(sent: Any, at: str) -> str:
        try:
            return tidied(sent, longest, lines=lines)
        except Unplain as fault:
            raise invalid(at, fault.code, **fault.facts) from None

    return read_it


def _key(pattern: re.Pattern[str]) -> Reader:
    def read_it(sent: Any, at: str) -> str:
        if not isinstance(sent, str) or not pattern.fullmatch(sent):
            raise invalid(at, "bad-key")
        return sent

    return read_it


def _anything(sent: Any, _at: str) -> Any:
    return sent


def _members(key: re.Pattern[str], kinds: Sequence[Kind]) -> Members:
    return {
        "key": _key(key),
        "kind": choice(*kinds),
        "label": (_line(LONGEST_LABEL), ""),
        "help": (_line(LONGEST_HELP, lines=True), ""),
        "required": (yes_no, False),
        "settings": (thing, {}),
    }


_COLUMN: Members = {**_members(_COLUMN_KEY, sorted(IN_TABLES)), "summed": (yes_no, False)}


def _column(sent: Any, at: str) -> FormField:
    return _made(members(sent, at, _COLUMN))


_FIELD: Members = {
    **_members(_KEY, list(Kind)),
    "half": (yes_no, False),
    "default": (_anything, None),
    "visible": (_anything, None),
    "columns": (list_of(_column, most=MOST_COLUMNS), ()),
}


def _field(sent: Any, at: str) -> FormField:
    return _made(members(sent, at, _FIELD))


def _made(found: Mapping[str, Any]) -> FormField:
    return FormField(**{**found, "kind": Kind(found["kind"])})


def read(sent: Any, *, at: str = "definition") -> Fields:
    """The fields that a JSON object states.

    :raises Invalid: naming the place in it that cannot be
    """
    found: Fields = members(sent, at, {"fields": _fields})["fields"]
    return found


def _fields(sent: Any, at: str) -> Fields:
    found: Fields = list_of(_field, most=MOST_FIELDS)(sent, at)
    _demand_unique(found, at)
    for i, one in enumerate(found):
        _demand_unique(one.columns, f"{at}.{i}.columns")
    return found


def _demand_unique(found: Fields, at: str) -> None:
    seen: set[str] = set()
    for i, one in enumerate(found):
        if one.key in seen:
            raise invalid(f"{at}.{i}.key", "already-exists")
        seen.add(one.key)


_WORDS = {one.value for one in Kind}
_AS_CUSTOM = {Kind(one.value): one for one in FieldKind if one.value in _WORDS}
_AS_CUSTOM[Kind.CUSTOMER] = FieldKind.RECORD


def custom_of(one: FormField) -> CustomField | None:
    """The same as a custom field, whose checks and words hold here, too; None for what those do not know."""
    kind = _AS_CUSTOM.get(one.kind)
    if kind is None:
        return None
    settings: Mapping[str, Any] = {"target": "customer"} if one.kind is Kind.CUSTOMER else one.settings
    return CustomField(
        entity=ENTITY,
        id=_NO_FIELD,
        key=one.key,
        label=one.label,
        kind=kind,
        settings=settings,
        rules={},
        default=None,
        required=False,
        unique=False,
        filterable=False,
        ready=True,
        options={option["value"]: option for option in settings.get("options", ())},
    )


_POINTING = {Kind.USER, Kind.DEPARTMENT, Kind.CUSTOMER, Kind.FILE}


def catalogue_of(fields: Fields) -> Catalogue:
    """The fields that are like custom fields, as reading custom fields wants them."""
    found = {one.key: custom for one in fields if (custom := custom_of(one))}
    pointing = tuple(found[one.key] for one in fields if one.kind in _POINTING)
    return Catalogue(ENTITY, found, references=pointing)
