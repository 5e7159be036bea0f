"""Which records an action is for: fixed when it begins, whatever becomes of the list meanwhile."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.access.rules import unlocked
from app.bulk_actions.kinds import Kind
from app.bulk_actions.models import BulkRow, Pick, Wanted
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import invalid
from app.fields import queries as fields
from app.lists import pages, walks
from tenants import rls
from tenants.context import require_tenant_id

MOST = 200_000


def put(job_id: UUID, record_ids: Iterable[UUID], *, after: int = 0) -> int:
    """Note records for a job, in this order behind row `after`; gives the last row."""
    rows = [
        {"tenant_id": require_tenant_id(), "job_id": job_id, "row": row, "record_id": record_id}
        for row, record_id in enumerate(dict.fromkeys(record_ids), start=after + 1)
    ]
    insert_many(BulkRow, rows)
    return after + len(rows)


@unlocked("it only looks, as far as the actor sees")
def any_seen(actor: Actor, kind: Kind, record_ids: Sequence[UUID]) -> bool:
    """Whether the actor sees one of these records at least; the others the job will tell of."""
    reach = kind.reach(actor)
    statement = (
        f"SELECT 1 FROM {kind.listing.table} r WHERE r.tenant_id = %(tenant)s "  # noqa: S608
        f"AND r.id = ANY (%(ids)s) AND {kind.listing.live} AND {reach.predicate} LIMIT 1"
    )
    params = {**reach.params, "tenant": actor.tenant_id, "ids": list(record_ids)}
    return bool(pages.run(rls.driver_of(db.session.connection()), statement, params))


@unlocked("it only looks, as far as the actor sees")
def fix(actor: Actor, job_id: UUID, kind: Kind, wanted: Wanted) -> int:
    """Note the records that a job is for, unless that is done; gives how many.

    :raises Invalid: if there are too many
    """
    if wanted.undoes_id is not None:
        return _same_as(job_id, wanted.undoes_id)
    if wanted.question is None:
        return int(db.session.scalar(select(func.count()).where(BulkRow.job_id == job_id)) or 0)
    asked = fields.asked(actor, kind.listing, wanted.question)
    connection, found = rls.driver_of(db.session()), 0
    for ids in walks.ids(connection, kind.listing, kind.reach(actor), asked, actor.tenant_id):
        found = put(job_id, ids, after=found)
        if found > MOST:
            raise invalid("filter", "too-many", max=MOST)
    return found


def _same_as(job_id: UUID, former_id: UUID) -> int:
    """Those records with which the former job did something."""
    former = db.session.execute(
        select(BulkRow.row, BulkRow.record_id)
        .where(BulkRow.job_id == former_id, BulkRow.before.is_not(None))
        .order_by(BulkRow.row)
    ).all()
    keys = {"tenant_id": require_tenant_id(), "job_id": job_id}
    insert_many(BulkRow, [{**keys, "row": row, "record_id": record_id} for row, record_id in former])
    return len(former)


def next_ones(job_id: UUID, wanted: Wanted, *, after: int, limit: int) -> Sequence[Pick]:
    """The records whose turn it is."""
    mine = select(BulkRow.row, BulkRow.record_id).where(BulkRow.job_id == job_id, BulkRow.row > after)
    if wanted.undoes_id is not None:
        former = aliased(BulkRow)
        same_row = (
            (former.tenant_id == BulkRow.tenant_id)
            & (former.job_id == wanted.undoes_id)
            & (former.row == BulkRow.row)
        )
        mine = mine.join(former, same_row).add_columns(former.before, former.after)
    return [Pick(*row) for row in db.session.execute(mine.order_by(BulkRow.row).limit(limit))]
