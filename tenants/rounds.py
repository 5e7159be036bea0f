"""A worker's round: tenant after tenant, each within its own walls."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime

import structlog
from sqlalchemy import Delete

from app.core import clock
from app.core.db import db
from app.core.logs import described
from app.core.uow import unit_of_work
from tenants import agenda
from tenants.context import require_tenant_id, tenant_scope

log = structlog.get_logger(__name__)

BATCH = 500
"""How many rows of a tenant are forgotten at once."""
SECONDS = 60.0
"""After so long a round leaves the rest to the next."""


def walk(queue: str, visit: Callable[[], object], *, open_only: bool = False) -> None:
    """Do something within the walls of each tenant that has something due in a queue of the agenda.

    :param visit: opens its own units of work, and settles the agenda when it finds nothing due
    :param open_only: not of those that are closed, as befits whatever speaks to people outside
    """
    with unit_of_work():
        tenant_ids = agenda.due(queue, at=clock.now(), open_only=open_only)
    each(tenant_ids, visit, name=queue)


def each(tenant_ids: Iterable[int], visit: Callable[[], object], *, name: str) -> None:
    """Do something within the walls of each of these tenants.

    :param visit: opens its own units of work
    :param name: what the log calls the round
    """
    for tenant_id in tenant_ids:
        with tenant_scope(tenant_id):
            try:
                visit()
            except Exception as error:  # one tenant's trouble must not keep the others waiting
                log.error("round.failed", round=name, tenant=tenant_id, **described(error))  # noqa: TRY400


def forget(queue: str, old: Callable[[datetime, int], Delete], *, most: int | None = None) -> None:
    """Delete what has become old: a batch of each tenant's in turn, and again while anybody has more.

    What is left when the time of the round is up, the next round finds.

    :param old: the statement that deletes at most so many rows that are old at a moment
    :param most: how many at once, if not as many as usual
    """
    at, until = clock.now(), time.monotonic() + SECONDS
    with unit_of_work():
        waiting = agenda.due(queue, at=at)
    while waiting:
        more: list[int] = []

        def visit(more: list[int] = more) -> None:
            with unit_of_work():
                statement = old(at, most or BATCH).execution_options(synchronize_session=False)
                found = db.session.execute(statement).rowcount  # type: ignore[attr-defined]
                if not found:
                    agenda.settle(queue, at=at)
            if found:
                more.append(require_tenant_id())

        each(waiting, visit, name=queue)
        waiting = more if time.monotonic() < until else []
