"""What domains call when they make or change records that have custom fields."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from app.access.actor import Actor
from app.core.db import db
from app.fields import catalogue as catalogues
from app.fields import filling, index, shown
from app.fields.catalogue import Catalogue
from app.fields.filling import Custom, Facts, Wanted
from app.fields.states import FieldKind
from app.files import uploads
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
        _settle_files(by, catalogue, record.id, before, after)
        return shown.told(rls.driver_of(db.session.connection()), by, catalogue, before, after)


def told_of_new(by: Actor, entity: str, custom: Custom) -> list[dict[str, Any]]:
    """What is filled in on a new record, for the trail."""
    if not custom:
        return []
    catalogue = catalogues.now(by, entity)
    return shown.told(rls.driver_of(db.session.connection()), by, catalogue, {}, custom)


def index_new(by: Actor, entity: str, customs: Mapping[UUID, Custom]) -> None:
    """Index new records, and lay their files into their fields; one statement, or none, without files."""
    if any(customs.values()):
        catalogue = catalogues.now(by, entity)
        for record_id, custom in customs.items():
            _settle_files(by, catalogue, record_id, {}, custom)
        index.put(
            row for record_id, custom in customs.items() for row in index.rows(record_id, catalogue, custom)
        )


def _settle_files(by: Actor, catalogue: Catalogue, record_id: UUID, before: Custom, after: Custom) -> None:
    """Lay the files that came into their fields, and take those out that went."""
    there = (catalogue.entity, record_id)
    for field in catalogue.references:
        if field.kind is FieldKind.FILE:
            now, then = after.get(field.key, []), before.get(field.key, [])
            if came := [one for one in now if one not in then]:
                uploads.lay(by, there, field.key, came)
            if went := [one for one in then if one not in now]:
                uploads.take_out(by, there, field.key, went)
