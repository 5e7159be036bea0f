"""Custom fields as readers get them: what is kept, with the names of what it points to."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from app.access.actor import Actor
from app.fields import catalogue as catalogues
from app.fields import references, rights
from app.fields.catalogue import Catalogue, CustomField
from app.fields.filling import PREFIX
from app.fields.states import CHOOSING, REFERRING, FieldKind

_NOTHING = orjson.Fragment(b"{}")
_UNSEEN = "…"
Values = Mapping[str, Any]


def finish(connection: Any, actor: Actor, items: Sequence[dict[str, Any]], *, entity: str) -> None:
    """Turn the `custom` of items, still the text that was kept, into what the actor sees.

    :param connection: a psycopg connection inside the tenant's walls
    """
    catalogue = catalogues.of(connection, actor, entity)
    hidden = actor.hides(entity)
    if hidden:
        rights.blank(actor, entity, items)
    if not catalogue.fields:
        for item in items:
            item["custom"] = _NOTHING
        return
    customs = [orjson.loads(item["custom"]) for item in items]
    refs = references.refs_of(connection, actor, catalogue.references, customs)
    for item, custom in zip(items, customs, strict=True):
        item["custom"] = {
            key: _shown(field, custom[key], refs)
            for key, field in catalogue.fields.items()
            if key in custom and key not in hidden
        }


def _shown(field: CustomField, value: Any, refs: Mapping[str, Mapping[str, Any]]) -> Any:
    if field.kind is FieldKind.FILE:
        there = refs.get(references.target_of(field), {})
        return [there[one] for one in value if one in there]
    if field.kind not in REFERRING:
        return value
    # What one may not see is there, without a name.
    return refs.get(references.target_of(field), {}).get(value) or {"id": value, "name": _UNSEEN}


def flat(custom: Mapping[str, Any]) -> dict[str, Any]:
    """Custom fields as shown, by the names under which changes send them, ids for what they point to."""
    return {f"{PREFIX}.{key}": _plain(value) for key, value in custom.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value["id"] if isinstance(value, dict) and "id" in value else value


def told(
    connection: Any, actor: Actor, catalogue: Catalogue, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """What has changed in custom fields, as the trail tells it: with labels, so that it stays readable."""
    return told_of_many(connection, actor, catalogue, [(before, after)])[0]


def told_of_many(
    connection: Any, actor: Actor, catalogue: Catalogue, pairs: Sequence[tuple[Values, Values]]
) -> list[list[dict[str, Any]]]:
    """The same for each of several records, before and after; a fixed number of statements."""
    changed = [
        [field for key, field in catalogue.fields.items() if before.get(key) != after.get(key)]
        for before, after in pairs
    ]
    pointing = [one for one in catalogue.references if any(one in fields for fields in changed)]
    refs = references.refs_of(connection, actor, pointing, [values for pair in pairs for values in pair])
    return [
        [
            {
                "field": field.key,
                "label": field.label,
                "before": _readable(field, before.get(field.key), refs),
                "after": _readable(field, after.get(field.key), refs),
            }
            for field in fields
        ]
        for fields, (before, after) in zip(changed, pairs, strict=True)
    ]


def _readable(field: CustomField, value: Any, refs: Mapping[str, Mapping[str, Any]]) -> Any:
    if value is None:
        return None
    if field.kind in CHOOSING:
        labels = [_label(field, one) for one in (value if isinstance(value, list) else [value])]
        return "、".join(labels)
    shown = _shown(field, value, refs)
    return "、".join(one["name"] for one in shown) if field.kind is FieldKind.FILE else shown


def _label(field: CustomField, value: str) -> str:
    return str(field.options[value]["label"]) if value in field.options else value
