"""Marshmallow fields whose errors are stable codes, and that take nothing the database would choke on.

A message is `code` or `code|fact=value|fact=value`; `problem.py` says it in the reader's language.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import available_timezones

from flask_smorest.fields import Upload
from marshmallow import RAISE, Schema, fields, validate
from marshmallow.exceptions import ValidationError
from werkzeug.datastructures import FileStorage

from app.core.clock import in_utc
from app.core.money import CURRENCIES

INT4_MAX = 2**31 - 1
INT8_MAX = 2**63 - 1
MANY = 1000

_COMMON = {"required": "required", "null": "null", "validator_failed": "invalid"}


class Shape(Schema):
    """The base of every schema: unknown fields are refused by name."""

    error_messages = {"unknown": "unknown-field", "type": "not-an-object"}

    class Meta:
        """Refuse what is not listed, and keep the order written."""

        unknown = RAISE


class Text(fields.String):
    """Text: trimmed, NFC, without control characters; an empty one counts as absent if `blank` is not set."""

    default_error_messages = {**_COMMON, "invalid": "not-text", "bad_character": "bad-character"}

    def __init__(self, *, max: int, min: int = 0, multiline: bool = False, **kwargs: Any) -> None:  # noqa: A002
        self.multiline = multiline
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
        allowed = "\n\t\r" if self.multiline else ""
        for character in text:
            if unicodedata.category(character) in {"Cc", "Cs"} and character not in allowed:
                raise self.make_error("bad_character")
        return text


class Secret(fields.String):
    """A password or token: taken as it is, never shown, never trimmed."""

    default_error_messages = {**_COMMON, "invalid": "not-text", "bad_character": "bad-character"}

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
        **_COMMON,
        "invalid": "not-a-number",
        "too_large": "not-a-number",
    }

    def __init__(self, *, min: int = 0, max: int = INT4_MAX, **kwargs: Any) -> None:  # noqa: A002
        bounds = validate.Range(min=min, max=max, error=f"out-of-range|min={min}|max={max}")
        super().__init__(strict=True, validate=bounds, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        return value


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

    default_error_messages = {**_COMMON, "invalid": "not-a-boolean"}
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

    default_error_messages = {**_COMMON, "invalid_uuid": "not-an-id"}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid_uuid")
        return super()._deserialize(value, attr, data, **kwargs)


class Instant(fields.AwareDateTime):
    """A point in time, ISO 8601; UTC on the way out."""

    default_error_messages = {
        **_COMMON,
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

    default_error_messages = {**_COMMON, "invalid": "not-a-day", "format": "not-a-day"}


class Choice(fields.String):
    """One of a few words."""

    default_error_messages = {**_COMMON, "invalid": "not-text"}

    def __init__(self, choices: Iterable[str], **kwargs: Any) -> None:
        words = [str(word) for word in choices]
        super().__init__(
            validate=validate.OneOf(words, error=f"not-a-choice|choices={', '.join(words)}"), **kwargs
        )


class Many(fields.List[Any]):
    """A list with an upper bound."""

    default_error_messages = {**_COMMON, "invalid": "not-a-list"}

    def __init__(self, inner: Any, *, max: int = MANY, min: int = 0, **kwargs: Any) -> None:  # noqa: A002
        rules = [validate.Length(max=max, error="too-many|max={max}")]
        if min:
            rules.append(validate.Length(min=min, error="too-few|min={min}"))
        super().__init__(inner, validate=rules, **kwargs)


class Part(fields.Nested):
    """An object inside an object."""

    default_error_messages = {**_COMMON, "type": "not-an-object"}


class Email(Text):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max=254, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text and not re.fullmatch(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[^@\s,;<>\".]{2,}", text):
            raise ValidationError("invalid-email")
        return text


class WebAddress(Text):
    """An http or https address; without a scheme it is taken as https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max=500, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not text:
            return text
        address = text if "://" in text else f"https://{text}"
        if not re.fullmatch(r"https?://[^\s/?#.]+(\.[^\s/?#.]+)+([/?#]\S*)?", address, re.IGNORECASE):
            raise ValidationError("invalid-url")
        return address


class TimeZone(Text):
    """An IANA time zone name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max=64, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text not in available_timezones():
            raise ValidationError("invalid-timezone")
        return text


class Table(fields.Dict):
    """An object with names of the caller's choosing, bounded in number; both names and values are fields."""

    default_error_messages = {**_COMMON, "invalid": "not-an-object"}

    def __init__(self, keys: Any, values: Any, *, max: int = MANY, **kwargs: Any) -> None:  # noqa: A002
        self.max = max
        metadata = {"maxProperties": max, **kwargs.pop("metadata", {})}
        super().__init__(keys=keys, values=values, metadata=metadata, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if isinstance(value, Mapping) and len(value) > self.max:
            raise ValidationError(f"too-many|max={self.max}")
        try:
            return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        except ValidationError as error:
            if not isinstance(error.messages, dict):
                raise
            # The path of a fault is the name alone, whether the name or its value is wrong.
            named = {name: faults.get("value") or faults["key"] for name, faults in error.messages.items()}
            raise ValidationError(named) from None


RECORD_KIND = "x-record-kind"
"""In the document: whose own fields an object holds."""


class Custom(Table):
    """The company's own fields of a kind of record, by key; what may stand in each its definition says."""

    def __init__(self, of: str, **kwargs: Any) -> None:
        told = "The company's own fields, by key; `/api/v1/openapi.json` says which"
        metadata = {"description": told, RECORD_KIND: of, **kwargs.pop("metadata", {})}
        super().__init__(
            Text(min=1, max=40), fields.Raw(allow_none=True), max=200, metadata=metadata, **kwargs
        )


class File(Upload):
    """A file sent in a form."""

    default_error_messages = {**_COMMON, "invalid": "not-a-file"}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, FileStorage):
            raise self.make_error("invalid")
        if not value.filename:
            raise self.make_error("required")
        return value


class MoneyShape(Shape):
    """An amount in minor units and its currency."""

    amount = Whole(required=True, min=-INT8_MAX, max=INT8_MAX)
    currency = Choice(sorted(CURRENCIES), load_default="CNY")
