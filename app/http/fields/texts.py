"""Texts of a certain form."""

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from marshmallow.exceptions import ValidationError

from app.http.fields.plain import Text


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
