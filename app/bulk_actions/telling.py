"""What is told of each record: every change, before and after, in the words of whoever asked."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.access.actor import Actor
from app.core.errors import FieldProblem
from app.core.money import CURRENCIES
from app.jobs import wording
from app.spreadsheets import values
from app.spreadsheets.registry import fields_of
from app.spreadsheets.vocabulary import Reader
from tenants import calendar

_LONGEST = 100
_NOTHING = "—"


class Teller:
    """Tells of changes to one kind of record."""

    unchanged: tuple[Mapping[str, Any], ...] = tuple(wording.problems([FieldProblem("row", "row-unchanged")]))

    def __init__(self, reader: Actor, record_type: str) -> None:
        self.reader = Reader(reader.locale, calendar.zone())
        self.kinds = {name: field.kind for name, field in fields_of(reader, record_type).items()}
        self.words = {
            (name, choice.value): choice.label(reader.locale)
            for name, field in fields_of(reader, record_type).items()
            for choice in field.choices
        }

    def say(self, change: Mapping[str, Any]) -> Mapping[str, Any]:
        """One change, as a message of a row."""
        name = change["field"]
        facts = tuple((which, self._value(name, change[which])) for which in ("before", "after"))
        return wording.problems([FieldProblem(name, "field-changed", facts)])[0]

    def _value(self, name: str, value: Any) -> str:
        if value in (None, "", [], {}):
            return _NOTHING
        if isinstance(value, list):
            return "、".join(str(one) for one in value)[:_LONGEST]
        if isinstance(value, dict):
            return _part(value)
        if self.kinds.get(name) == "instant":
            return f"{values.instant(value, self.reader):%Y-%m-%d %H:%M}"
        if self.kinds.get(name) == "percent":
            return values.percent(value)
        return self.words.get((name, value), str(value))[:_LONGEST]


def _part(value: Mapping[str, Any]) -> str:
    if "amount" in value:
        digits = CURRENCIES.get(value["currency"], 2)
        return f"{Decimal(value['amount']).scaleb(-digits):,.{digits}f} {value['currency']}"
    return str(value.get("name", _NOTHING))
