"""What may stand in a custom field: from what was sent to what is kept."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from app.core.errors import FieldProblem
from app.core.filter_values import READERS, Kind, Unreadable
from app.core.money import CURRENCIES
from app.core.plain_text import Unplain, tidied
from app.fields.catalogue import CustomField
from app.fields.states import FieldKind

LONGEST = {FieldKind.TEXT: 255, FieldKind.LONG_TEXT: 5000}
MOST_CHOSEN = 50
MOST_MONEY = 10**17
MOST_DECIMALS = 6
LARGEST = Decimal(10) ** 12


class Unfit(Exception):
    """The value cannot stand in the field."""

    def __init__(self, code: str, *, at: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code, self.at, self.facts = code, at, facts

    def problem(self, field: str) -> FieldProblem:
        """The same, naming the field."""
        return FieldProblem(f"{field}.{self.at}" if self.at else field, self.code, tuple(self.facts.items()))


def read(field: CustomField, value: Any) -> Any:
    """A value as it is kept; None for an empty one.

    References are only read, not looked up.

    :raises Unfit: if it cannot stand there
    """
    if value is None or value in ("", []):
        return None
    return _READERS[field.kind](field, value)


def _text(field: CustomField, value: Any) -> str | None:
    longest = field.settings.get("max") or LONGEST[field.kind]
    try:
        return tidied(value, longest, lines=field.kind is FieldKind.LONG_TEXT) or None
    except Unplain as fault:
        raise Unfit(fault.code, at="", **fault.facts) from None


def _number(field: CustomField, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unfit("not-numeric")
    low, high = field.settings.get("min"), field.settings.get("max")
    number = Decimal(str(value))
    if not abs(number) < LARGEST:
        raise Unfit("out-of-range", min=-int(LARGEST), max=int(LARGEST))
    rounded = number.quantize(Decimal(1).scaleb(-field.settings.get("decimals", 0)))
    if rounded != number:
        raise Unfit("too-many-decimals", max=field.settings.get("decimals", 0))
    if (low is not None and number < Decimal(str(low))) or (high is not None and number > Decimal(str(high))):
        raise Unfit("out-of-range", min="-∞" if low is None else low, max="∞" if high is None else high)
    return plain_number(rounded)


def plain_number(number: Decimal) -> int | float:
    """A decimal as JSON has numbers: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def rounded(number: Decimal, decimals: int) -> int | float:
    """A decimal rounded half up, as people do it."""
    return plain_number(number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def _money(field: CustomField, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not value.keys() <= {"amount", "currency"}:
        raise Unfit("not-an-object")
    amount = value.get("amount")
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise Unfit("not-a-number", at="amount")
    if abs(amount) > MOST_MONEY:
        raise Unfit("out-of-range", at="amount", min=-MOST_MONEY, max=MOST_MONEY)
    currency = value.get("currency") or field.settings.get("currency") or "CNY"
    if currency not in CURRENCIES:
        raise Unfit("invalid-currency", at="currency")
    return {"amount": amount, "currency": currency}


def _filtered(kind: Kind, value: Any) -> Any:
    """A value read as filters read it."""
    try:
        return READERS[kind](value, False)  # noqa: FBT003
    except Unreadable as fault:
        raise Unfit(fault.code, at="", **fault.facts) from None


def _date(_field: CustomField, value: Any) -> str:
    return str(_filtered(Kind.DATE, value))


def _date_time(_field: CustomField, value: Any) -> str:
    at: datetime = _filtered(Kind.INSTANT, value)
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _choice(field: CustomField, value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit("not-text")
    if value not in field.options:
        labels = [option["label"] for option in field.options.values() if not option.get("retired")]
        raise Unfit("not-a-choice", choices="、".join(labels[:20]))
    return value


def _choices(field: CustomField, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise Unfit("not-a-list")
    if len(value) > MOST_CHOSEN:
        raise Unfit("too-many", max=MOST_CHOSEN)
    chosen = {_choice(field, one) for one in value}
    return [option for option in field.options if option in chosen]


def _yes_no(_field: CustomField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unfit("not-a-boolean")
    return value


def _reference(_field: CustomField, value: Any) -> str:
    return str(value if isinstance(value, UUID) else _filtered(Kind.ID, value))


def _files(field: CustomField, value: Any) -> list[str]:
    given = value if isinstance(value, list) else [value]
    most = field.settings.get("most", 1)
    if len(given) > most:
        raise Unfit("too-many", max=most)
    return list(dict.fromkeys(_reference(field, one) for one in given))


def _computed(_field: CustomField, _value: Any) -> Any:
    raise Unfit("computed-field")


_READERS: dict[FieldKind, Callable[[CustomField, Any], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _date,
    FieldKind.DATE_TIME: _date_time,
    FieldKind.CHOICE: _choice,
    FieldKind.MULTI_CHOICE: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.USER: _reference,
    FieldKind.DEPARTMENT: _reference,
    FieldKind.RECORD: _reference,
    FieldKind.FILE: _files,
    FieldKind.FORMULA: _computed,
}
