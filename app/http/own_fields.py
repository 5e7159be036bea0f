"""The company's own fields as JSON schemas: what readers are shown, and what they may send."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.core.money import CURRENCIES
from app.fields import readings
from app.fields.catalogue import CustomField
from app.fields.states import REFERRING, FieldKind
from app.files.states import FileKind

Schema = dict[str, Any]
_ID: Schema = {"type": "string", "format": "uuid"}
_REF: Schema = {
    "type": "object",
    "properties": {"id": _ID, "name": {"type": "string"}},
    "required": ["id", "name"],
}


def shown(fields: Iterable[CustomField]) -> Schema:
    """An object with what is filled in, as far as it is."""
    return _object({field.key: _of(field, field.holds) for field in fields})


def sent(fields: Iterable[CustomField], *, anew: bool) -> Schema:
    """An object with what may be filled in; null empties.

    :param anew: whether it is for a record about to be made, which must have what is required
    """
    written = [field for field in fields if field.kind is not FieldKind.FORMULA]
    made = _object({field.key: _nullable(_sent(field)) for field in written})
    needed = [field.key for field in written if field.required and not field.rules and field.default is None]
    return {**made, "required": needed} if anew and needed else made


def parameter(field: CustomField) -> Schema:
    """How lists are filtered by a field."""
    return {
        "in": "query",
        "name": field.key,
        "description": f"{field.label}; also `{field.key}.<op>`",
        "required": False,
        "schema": {"type": "string"},
    }


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _of(field: CustomField, kind: FieldKind) -> Schema:
    told = {"title": field.label, "x-field-kind": str(field.kind)}
    if words := "; ".join(f"{value}: {option['label']}" for value, option in field.options.items()):
        told["description"] = words
    return {**_KINDS[kind](field), **told}


def _sent(field: CustomField) -> Schema:
    told = _of(field, field.kind)
    if field.kind is FieldKind.FILE:
        return {**told, "items": _ID, "description": "Files brought by `POST /api/v1/uploads`, or kept"}
    return {**told, **_ID} if field.kind in REFERRING else told


def _nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _text(field: CustomField) -> Schema:
    # A formula is as long as it comes to.
    longest = readings.LONGEST.get(field.kind)
    return {"type": "string", **({"maxLength": field.settings.get("max") or longest} if longest else {})}


def _number(field: CustomField) -> Schema:
    bounds = {"min": "minimum", "max": "maximum"}
    limits = {word: field.settings[name] for name, word in bounds.items() if name in field.settings}
    return {"type": "integer" if field.settings.get("decimals", 0) == 0 else "number", **limits}


def _money(_field: CustomField) -> Schema:
    amount = {"type": "integer", "description": "Minor units"}
    currency = {"type": "string", "enum": sorted(CURRENCIES)}
    return {
        "type": "object",
        "properties": {"amount": amount, "currency": currency},
        "required": ["amount"],
        "additionalProperties": False,
    }


def _choice(field: CustomField) -> Schema:
    return {"type": "string", "enum": list(field.options)}


def _choices(field: CustomField) -> Schema:
    return {
        "type": "array",
        "items": _choice(field),
        "uniqueItems": True,
        "maxItems": readings.MOST_CHOSEN,
    }


def _files(field: CustomField) -> Schema:
    facts: Schema = {
        "id": _ID,
        "name": {"type": "string"},
        "kind": {"type": "string", "enum": [str(kind) for kind in FileKind]},
        "media_type": {"type": "string"},
        "size": {"type": "integer", "description": "Bytes"},
        "has_thumbnail": {"type": "boolean"},
    }
    file = {"type": "object", "properties": facts, "required": list(facts)}
    return {"type": "array", "items": file, "maxItems": field.settings.get("most", 1)}


def _ref(_field: CustomField) -> Schema:
    return dict(_REF)


_KINDS: dict[FieldKind, Callable[[CustomField], Schema]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: lambda _field: {"type": "string", "format": "date"},
    FieldKind.DATE_TIME: lambda _field: {"type": "string", "format": "date-time"},
    FieldKind.CHOICE: _choice,
    FieldKind.MULTI_CHOICE: _choices,
    FieldKind.YES_NO: lambda _field: {"type": "boolean"},
    FieldKind.USER: _ref,
    FieldKind.DEPARTMENT: _ref,
    FieldKind.RECORD: _ref,
    FieldKind.FILE: _files,
}
