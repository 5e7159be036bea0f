"""Fields that hold one value."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import RAISE, Schema, fields, missing, validate

from app.core.clock import in_utc

INT4_MAX = 2**31 - 1
INT8_MAX = 2**63 - 1
COMMON = {"required": "required", "null": "null", "validator_failed": "invalid"}
"""What all fields say alike."""


class Shape(Schema):
    """The base of every schema: unknown fields are refused by name."""

    error_messages = {"unknown": "unknown-field", "type": "not-an-object"}

    class Meta:
        """Refuse what is not listed, and keep the order written."""

        unknown = RAISE


class Text(fields.String):
    """Text: trimmed, NFC, without control characters; an empty one counts as absent if `blank` is not set."""

    default_error_messages = {**COMMON, "invalid": "not-text", "bad_character": "bad-character"}

    def __init__(self, *, max: int, min: int = 0, multiline: bool = False, **kwargs: Any) -> None:  # noqa: A002
        self.multiline, self.lengths = multiline, range(min, max + 1)
        rules = [validate.Length(max=max, error="too-long|max={max}")]
        if min:
            rules.insert(0, validate.Length(min=min, error="required" if min == 1 else "too-short|min={min}"))
        super().__init__(validate=rules, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        text = unicodedata.normalize("NFC", value).strip()
        if text.isprintable():
            return text
        allowed = "\n\t\r" if self.multiline else ""
        for character in text:
            if unicodedata.category(character) in {"Cc", "Cs"} and character not in allowed:
                raise self.make_error("bad_character")
        return text

    def plainly(self, value: Any) -> Any:
        """The text of most that is sent; `missing` where more has to be looked at."""
        if type(value) is not str:
            return missing
        text = unicodedata.normalize("NFC", value).strip()
        return text if text.isprintable() and len(text) in self.lengths else missing


class Secret(fields.String):
    """A password or token: taken as it is, never shown, never trimmed."""

    default_error_messages = {**COMMON, "invalid": "not-text", "bad_character": "bad-character"}

    def __init__(self, *, max: int = 512, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(
            validate=[
                validate.Length(min=1, error="required"),
                validate.Length(max=max, error="too-long|max={max}"),
            ],
            load_only=True,
            **kwargs,
        )

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if any(unicodedata.category(character) in {"Cc", "Cs"} for character in value):
            raise self.make_error("bad_character")
        return value


class Whole(fields.Integer):
    """A whole number within bounds; text and fractions are not numbers."""

    default_error_messages = {
        **COMMON,
        "invalid": "not-a-number",
        "too_large": "not-a-number",
    }

    def __init__(self, *, min: int = 0, max: int = INT4_MAX, **kwargs: Any) -> None:  # noqa: A002
        self.least, self.most = min, max
        bounds = validate.Range(min=min, max=max, error=f"out-of-range|min={min}|max={max}")
        super().__init__(strict=True, validate=bounds, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        return value

    def plainly(self, value: Any) -> Any:
        """The number of most that is sent; `missing` where more has to be looked at."""
        return value if type(value) is int and self.least <= value <= self.most else missing


class QueryWhole(Whole):
    """A whole number in a query string, where everything arrives as text."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]{1,18}", value):
            raise self.make_error("invalid")
        return int(value)


class Yes(fields.Boolean):
    """True or false; in a query string the words."""

    default_error_messages = {**COMMON, "invalid": "not-a-boolean"}
    truthy = {True, "true", "1"}
    falsy = {False, "false", "0"}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, bool | str):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class Id(fields.UUID):
    """A UUID."""

    default_error_messages = {**COMMON, "invalid_uuid": "not-an-id"}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid_uuid")
        return super()._deserialize(value, attr, data, **kwargs)


class Instant(fields.AwareDateTime):
    """A point in time, ISO 8601; UTC on the way out."""

    default_error_messages = {
        **COMMON,
        "invalid": "not-a-time",
        "invalid_awareness": "not-a-time",
        "format": "not-a-time",
    }

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        try:
            return in_utc(super()._deserialize(value, attr, data, **kwargs))
        except ValueError:
            raise self.make_error("invalid") from None

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Day(fields.Date):
    """A day of the calendar, ISO 8601, nowhere in particular."""

    default_error_messages = {**COMMON, "invalid": "not-a-day", "format": "not-a-day"}


class Choice(fields.String):
    """One of a few words."""

    default_error_messages = {**COMMON, "invalid": "not-text"}

    def __init__(self, choices: Iterable[str], **kwargs: Any) -> None:
        words = [str(word) for word in choices]
        super().__init__(
            validate=validate.OneOf(words, error=f"not-a-choice|choices={', '.join(words)}"), **kwargs
        )
