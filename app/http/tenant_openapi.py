"""The OpenAPI document of one company: the same doors, with its own fields in it by key.

What a reader may not see of a field is not in the document that they get.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from flask import Flask

from app.access.actor import Actor
from app.core.db import db
from app.fields import catalogue as catalogues
from app.fields import entities
from app.fields.catalogue import CustomField
from app.fields.queries import sorts_of
from app.http import own_fields
from app.http.fields import RECORD_KIND
from app.http.openapi import written
from tenants import rls

_MOST_KEPT = 32
_Key = tuple[Any, ...]
_kept: OrderedDict[_Key, bytes] = OrderedDict()


def document(app: Flask, actor: Actor) -> bytes:
    """The document for a reader, as JSON."""
    names = sorted(entities.names())
    rights = tuple((actor.hides(name), actor.fixes(name)) for name in names)
    key = (actor.tenant_id, actor.access_version, rights)
    if key not in _kept:
        _kept[key] = orjson.dumps(_specification(app, actor))
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def _specification(app: Flask, actor: Actor) -> dict[str, Any]:
    spec: dict[str, Any] = orjson.loads(written(app))
    fields = {name: _readable(actor, name) for name in entities.names()}
    lists = list(_lists(spec))
    for name, schema in spec["components"]["schemas"].items():
        found = schema.get("properties", {}).get("custom", {}).get(RECORD_KIND)
        if found is not None:
            schema["properties"]["custom"] = _custom(actor, name, schema, fields[found], found)
    for entity, path in lists:
        known = [field for field in fields[entity] if field.filterable and field.ready]
        parameters = path.setdefault("parameters", [])
        for parameter in parameters:
            if parameter["name"] == "sort":
                sorts = sorts_of(rls.driver_of(db.session.connection()), actor, entity)
                parameter["schema"]["enum"] = list(sorts)
        parameters.extend(map(own_fields.parameter, known))
    return spec


def _custom(
    actor: Actor, name: str, schema: dict[str, Any], fields: list[CustomField], entity: str
) -> dict[str, Any]:
    if "custom" in schema.get("required", ()):
        return own_fields.shown(fields)
    open_to = [field for field in fields if field.key not in actor.fixes(entity)]
    custom = own_fields.sent(open_to, anew=not name.endswith("Patch"))
    if "required" in custom:
        schema["required"] = sorted({*schema.get("required", ()), "custom"})
    return custom


def _readable(actor: Actor, entity: str) -> list[CustomField]:
    hidden = actor.hides(entity)
    return [one for one in catalogues.now(actor, entity).fields.values() if one.key not in hidden]


def _lists(spec: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lists of records that have own fields, by what their pages hold."""
    schemas = spec["components"]["schemas"]
    for path in spec["paths"].values():
        answer = path.get("get", {}).get("responses", {}).get("200", {})
        shown = answer.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
        items = schemas.get(shown.rpartition("/")[2], {}).get("properties", {}).get("items", {})
        record = schemas.get(items.get("items", {}).get("$ref", "").rpartition("/")[2], {})
        entity = record.get("properties", {}).get("custom", {}).get(RECORD_KIND)
        if entity:
            yield entity, path["get"]
