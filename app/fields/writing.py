"""What domains call when they make or change records that have custom fields."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from app.access.actor import Actor
from app.core.db import db
from app.fields import catalogue as catalogues
from app.fields import filling, index, shown
from app.fields.filling import Custom, Facts, Wanted
from tenants import rls


class Customised(Protocol):
    """A record that has custom fields."""

    id: UUID
    custom: dict[str, Any]


def rewrite(
    by: Actor, entity: str, record: Customised, sent: Mapping[str, Any] | None, facts: Facts
) -> list[dict[str, Any]]:
    """Bring the custom fields of a record in step with a change; gives what has changed, for the trail.

    :param sent: fields by key, None to empty one; None if the change is about other fields
    :param facts: its built-in fields as they are now, plain
    :raises Invalid: naming every field that cannot be taken
    """
    catalogue = catalogues.now(by, entity)
    if not sent and not catalogue.formulas:
        return []
    before: Custom = record.custom
    with db.session.no_autoflush:
        after = filling.demand(
            by, entity, Wanted(sent=sent or {}, facts=facts, before=before, record_id=record.id)
        )
        changed = {key for key in catalogue.fields if before.get(key) != after.get(key)}
        if not changed:
            return []
        record.custom = after
        index.replace(record.id, catalogue, after, changed)
        return shown.told(rls.driver_of(db.session.connection()), by, catalogue, before, after)


def told_of_new(by: Actor, entity: str, custom: Custom) -> list[dict[str, Any]]:
    """What is filled in on a new record, for the trail."""
    if not custom:
        return []
    catalogue = catalogues.now(by, entity)
    return shown.told(rls.driver_of(db.session.connection()), by, catalogue, {}, custom)


def index_new(by: Actor, entity: str, customs: Mapping[UUID, Custom]) -> None:
    """Index new records; one statement, or none."""
    if any(customs.values()):
        catalogue = catalogues.now(by, entity)
        index.put(
            row for record_id, custom in customs.items() for row in index.rows(record_id, catalogue, custom)
        )
