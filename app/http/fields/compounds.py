"""Fields that hold others, and files."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from flask_smorest.fields import Upload
from marshmallow import Schema, fields, missing, validate
from marshmallow.exceptions import ValidationError
from werkzeug.datastructures import FileStorage

from app.core.money import CURRENCIES
from app.http.fields.plain import COMMON, INT8_MAX, Choice, Shape, Text, Whole

MANY = 1000
RECORD_KIND = "x-record-kind"
"""In the document: whose own fields an object holds."""


class Many(fields.List[Any]):
    """A list with an upper bound."""

    default_error_messages = {**COMMON, "invalid": "not-a-list"}

    def __init__(self, inner: Any, *, max: int = MANY, min: int = 0, **kwargs: Any) -> None:  # noqa: A002
        rules = [validate.Length(max=max, error="too-many|max={max}")]
        if min:
            rules.append(validate.Length(min=min, error="too-few|min={min}"))
        super().__init__(inner, validate=rules, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if isinstance(self.inner, Part) and isinstance(value, list) and not kwargs.get("partial"):
            read = [self.inner.read(one) for one in value]
            if None not in read:
                return read
        return super()._deserialize(value, attr, data, **kwargs)


class Part(fields.Nested):
    """An object inside an object.

    What is in order is read field by field, which takes a fifth of the time of a schema's own way; as soon as
    anything is not, the schema reads it and says what.
    """

    default_error_messages = {**COMMON, "type": "not-an-object"}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, partial: Any = None, **kwargs: Any
    ) -> Any:
        read = None if partial else self.read(value)
        if read is not None:
            return read
        return super()._deserialize(value, attr, data, partial=partial, **kwargs)

    def read(self, value: Any) -> dict[str, Any] | None:
        """What is in order, read; None where the schema has to say what is not."""
        inside = self._inside
        if inside is None or not isinstance(value, dict) or not inside.required <= value.keys():
            return None
        read = {name: make() if make else default for name, make, default in inside.defaults}
        try:
            for name, given in value.items():
                reader = inside.readers.get(name)
                if reader is None or (given is None and name not in inside.nullable):
                    return None
                read[name] = None if given is None else reader(given)
                if read[name] is missing:
                    return None
        except ValidationError:
            return None
        return read

    @cached_property
    def _inside(self) -> "_Inside | None":
        """What its fields are; None where there is more to a schema than its fields."""
        inside = self.schema.load_fields
        of_its_own = any(
            one.data_key or one.attribute or one.pre_load or one.post_load for one in inside.values()
        )
        return None if self.many or of_its_own or _has_hooks(self.schema) else _Inside(inside)


class _Inside:
    """The fields of an object, sorted by what is to be done with them."""

    def __init__(self, inside: Mapping[str, Any]) -> None:
        self.readers = {name: _reader(field) for name, field in inside.items()}
        self.nullable = {name for name, field in inside.items() if field.allow_none}
        self.required = {name for name, field in inside.items() if field.required}
        self.defaults = [
            (name, field.load_default if callable(field.load_default) else None, field.load_default)
            for name, field in inside.items()
            if field.load_default is not missing
        ]


def _reader(field: Any) -> Callable[[Any], Any]:
    """How a value that is in order is read; gives `missing`, or raises, for what is not."""
    if isinstance(field, Part):
        return lambda given: missing if (read := field.read(given)) is None else read
    # Not what inherits from these: it may ask for more.
    return field.plainly if type(field) in (Text, Whole) else lambda given: _one(field, given)


def _one(field: Any, given: Any) -> Any:
    """What `field.deserialize` does for what was sent, in half its time.

    :raises ValidationError: for what is not in order
    """
    read = field._deserialize(given, field.name, {field.name: given})  # noqa: SLF001
    for demand in field.validators:
        demand(read)
    return read


def _has_hooks(schema: Schema) -> bool:
    return any(schema._hooks.values())  # noqa: SLF001  (there is no public way to ask)


class Table(fields.Dict):
    """An object with names of the caller's choosing, bounded in number; both names and values are fields."""

    default_error_messages = {**COMMON, "invalid": "not-an-object"}

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

    default_error_messages = {**COMMON, "invalid": "not-a-file"}

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
