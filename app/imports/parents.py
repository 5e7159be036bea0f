"""Parent companies that stood further down in the file: tied when all rows are in."""

from collections.abc import Sequence

import orjson
from sqlalchemy import delete, select, text

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.db import db
from app.core.errors import FieldProblem
from app.core.search import fold
from app.customers import bulk
from app.customers import queries as customers
from app.imports import traces
from app.imports.models import Import, ImportLink
from app.jobs import wording

_SAY = text(
    """
    UPDATE job_rows SET messages = said.messages
    FROM jsonb_to_recordset(CAST(:said AS jsonb)) AS said (row integer, messages jsonb)
    WHERE job_rows.tenant_id = :tenant AND job_rows.job_id = :job AND job_rows.row = said.row
    """
)


@permitted(Permission.CUSTOMER_IMPORT)
def tie(actor: Actor, wanted: Import, *, after: int, limit: int) -> int | None:
    """Tie the next rows to their parents; returns the last row, or None if there was none left."""
    links = db.session.scalars(
        select(ImportLink)
        .where(ImportLink.import_id == wanted.id, ImportLink.row > after)
        .order_by(ImportLink.row)
        .limit(limit)
    ).all()
    if not links:
        db.session.execute(delete(ImportLink).where(ImportLink.import_id == wanted.id))
        return None
    known = customers.names_taken(actor, {link.parent_name for link in links})
    found = {
        link.record_id: known[fold(link.parent_name)] for link in links if fold(link.parent_name) in known
    }
    allowed = actor.may(Permission.CUSTOMER_UPDATE)
    refused = set(bulk.set_parents(actor, found)) if allowed else set(found)
    traces.follow(wanted, found.keys() - refused)
    missing = [(link, "parent-not-found") for link in links if link.record_id not in found]
    _tell(wanted, [*missing, *((link, "parent-refused") for link in links if link.record_id in refused)])
    return links[-1].row


def _tell(wanted: Import, links: Sequence[tuple[ImportLink, str]]) -> None:
    """Say at its row what a customer came in without."""
    said = [
        {
            "row": link.row,
            "messages": wording.problems([FieldProblem("parent", code, (("value", link.parent_name),))]),
        }
        for link, code in links
    ]
    db.session.execute(
        _SAY, {"tenant": wanted.tenant_id, "job": wanted.job_id, "said": orjson.dumps(said).decode()}
    )
