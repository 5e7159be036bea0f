"""Texts of a certain form."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from marshmallow import fields
from marshmallow.exceptions import ValidationError

from app.core import year_days
from app.core.quantities import DECIMALS, MOST_QUANTITY, written
from app.http.fields.plain import COMMON, Text

_CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
_KEY = "^[!-~]+$"
_QUANTITY = "^[0-9]{1,10}([.][0-9]{1,10})?$"
_LONGEST_QUANTITY = 21


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


class ClockTime(Text):
    """A time of day, `09:00`."""

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"pattern": _CLOCK, **kwargs.pop("metadata", {})}
        super().__init__(max=5, metadata=metadata, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is not None and not re.fullmatch(_CLOCK, text):
            raise ValidationError("not-a-time-of-day")
        return text


class YearDay(Text):
    """A day of the year without a year, `03-08`."""

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"pattern": year_days.PATTERN, **kwargs.pop("metadata", {})}
        super().__init__(max=5, metadata=metadata, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is not None and not year_days.is_day(text):
            raise ValidationError("not-a-day-of-the-year")
        return text


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


class PlainKey(Text):
    """A key of some other service, which goes into the head of a request: no spaces, nothing but ASCII."""

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"pattern": _KEY, **kwargs.pop("metadata", {})}
        super().__init__(metadata=metadata, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is not None and not re.fullmatch(_KEY, text):
            raise ValidationError("key-plain")
        return text


class Quantity(fields.String):
    """A quantity with up to four decimals, told as text because numbers of JSON lose digits: "2.5"."""

    default_error_messages = {**COMMON, "invalid": "not-a-quantity", "too_fine": "too-many-decimals|max=4"}

    def __init__(self, *, min: str = "0", **kwargs: Any) -> None:  # noqa: A002
        self.min = Decimal(min)
        told = {"description": "A decimal number as text", "pattern": _QUANTITY, **kwargs.pop("metadata", {})}
        super().__init__(metadata=told, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        read = _quantity(value) if isinstance(value, str) and len(value) <= _LONGEST_QUANTITY else None
        if read is None:
            raise self.make_error("invalid")
        quantity, too_fine = read
        if not self.min <= quantity <= MOST_QUANTITY:
            raise ValidationError(f"out-of-range|min={self.min}|max={MOST_QUANTITY}")
        if too_fine:
            raise self.make_error("too_fine")
        return quantity

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else written(value)


@lru_cache(maxsize=4096)
def _quantity(text: str) -> tuple[Decimal, bool] | None:
    """A quantity and whether it has too many decimals; kept, because those of lines are much the same."""
    if not re.fullmatch(_QUANTITY, text):
        return None
    quantity = Decimal(text)
    return quantity, quantity != round(quantity, DECIMALS)
