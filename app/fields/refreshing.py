"""Going through all records of a kind after a field has changed: formulas are computed, the index rebuilt."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text

from app.access import actors
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core import clock
from app.core.db import db
from app.core.errors import invalid
from app.fields import catalogue as catalogues
from app.fields import entities, filling, index
from app.fields.catalogue import Catalogue
from app.fields.models import FieldDefinition, FieldValue
from app.jobs import runners
from app.jobs import services as jobs
from app.jobs.leases import Step
from app.jobs.models import Job
from tenants.context import require_tenant_id

JOB_KIND = "field-refresh"
_CHUNK = 500


@permitted(Permission.FIELD_MANAGE)
def begin(actor: Actor, definition: FieldDefinition) -> None:
    """Let the workers bring all records in step with a field; until then lists cannot be filtered by it."""
    definition.ready_at = None
    db.session.flush()
    jobs.enqueue(actor, JOB_KIND, title=definition.label, params={"field_id": str(definition.id)})


def demand_unique(definition: FieldDefinition) -> None:
    """Make sure that no two records have the same in a field.

    :raises Invalid: naming `unique`
    """
    table = entities.get(definition.entity).table
    twice = text(
        f"SELECT 1 FROM {table} r WHERE r.tenant_id = :tenant AND r.custom ? :key "  # noqa: S608
        "GROUP BY lower(r.custom->>:key) HAVING count(*) > 1 LIMIT 1"
    )
    if db.session.execute(twice, {"tenant": require_tenant_id(), "key": definition.key}).first():
        raise invalid("unique", "values-repeat")


class FieldRefresh:
    """The runner: a stretch of records at a time, in the order of their ids."""

    def step(self, _actor: Actor, job: Job, position: Mapping[str, Any]) -> Step:
        """Do the next stretch."""
        field_id = UUID(job.params["field_id"])
        definition = db.session.scalars(
            select(FieldDefinition).where(FieldDefinition.id == field_id).with_for_update()
        ).one()
        if definition.retired_at is not None:
            return Step(position={"phase": "done"}, finished=True)
        rows = _stretch(entities.get(definition.entity).table, position.get("after"))
        _bring_in_step(definition, catalogues.fresh(definition.entity), rows)
        if len(rows) < _CHUNK:
            definition.ready_at = clock.now()
            db.session.flush()
            actors.access_changed()
            return Step(position={"phase": "done"}, finished=True)
        return Step(position={"after": str(rows[-1][0])})

    def label(self, _field: str, _locale: str) -> str:
        """Nothing: no row has anything to say."""
        return ""


def _stretch(table: str, after: str | None) -> Sequence[Any]:
    statement = text(
        f"SELECT r.id, to_jsonb(r) FROM {table} r WHERE r.tenant_id = :tenant "  # noqa: S608
        "AND r.id > CAST(:after AS uuid) ORDER BY r.id LIMIT :many FOR UPDATE"
    )
    params = {"tenant": require_tenant_id(), "after": after or str(UUID(int=0)), "many": _CHUNK}
    return db.session.execute(statement, params).all()


def _bring_in_step(definition: FieldDefinition, catalogue: Catalogue, rows: Sequence[Any]) -> None:
    customs: dict[UUID, Mapping[str, Any]] = {}
    changed = []
    facts = entities.get(definition.entity).reader()
    for record_id, row in rows:
        custom = filling.computed(catalogue, row["custom"], facts(facts_of(row)))
        if custom != row["custom"]:
            changed.append({"id": str(record_id), "custom": custom})
        if definition.key in custom:
            customs[record_id] = {definition.key: custom[definition.key]}
    if changed:
        table = entities.get(definition.entity).table
        statement = text(
            f"UPDATE {table} r SET custom = n.custom "  # noqa: S608
            "FROM json_to_recordset(CAST(:rows AS json)) AS n (id uuid, custom jsonb) "
            "WHERE r.tenant_id = :tenant AND r.id = n.id"
        )
        db.session.execute(statement, {"tenant": require_tenant_id(), "rows": json.dumps(changed)})
    db.session.execute(
        delete(FieldValue).where(
            FieldValue.field_id == definition.id, FieldValue.record_id.in_([row[0] for row in rows])
        )
    )
    index.put(
        row for record_id, custom in customs.items() for row in index.rows(record_id, catalogue, custom)
    )


def facts_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The built-in fields of a record as formulas read them, from its columns."""
    facts = dict(row)
    for name in [name for name in row if f"{name}_currency" in row]:
        amount = row[name]
        facts[name] = None if amount is None else {"amount": amount, "currency": row[f"{name}_currency"]}
    return facts


# Until it is done nobody can filter by the field, or sort by it.
runners.register(JOB_KIND, FieldRefresh(), needed=True)
