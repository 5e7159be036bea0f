"""Reading layouts of paper; whoever may read quotes sees how they look."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.db import db
from app.core.errors import NotFound
from app.papers.models import PaperLayout
from app.papers.states import EVERY_COLUMN, INK
from tenants.context import require_tenant_id
from tenants.models import Tenant


@permitted(Permission.QUOTE_READ)
def every(actor: Actor) -> Sequence[PaperLayout]:
    """All layouts, in the order in which they were made, without their logos; few."""
    statement = select(PaperLayout).order_by(PaperLayout.id).options(defer(PaperLayout.logo))
    return db.session.scalars(statement).all()


@permitted(Permission.QUOTE_READ)
def get(actor: Actor, layout_id: UUID, *, to_change: bool = False) -> PaperLayout:
    """One layout.

    :param to_change: lock it until the transaction ends
    :raises NotFound: if there is none such
    """
    statement = select(PaperLayout).where(PaperLayout.id == layout_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(statement).first()
    if found is None:
        raise NotFound
    return found


@permitted(Permission.QUOTE_READ)
def chosen(actor: Actor, layout_id: UUID | None) -> PaperLayout:
    """The layout that is asked for, or the one that is taken otherwise; not to be saved if none is kept.

    :raises NotFound: if there is none such
    """
    if layout_id is not None:
        return get(actor, layout_id)
    kept = db.session.scalars(select(PaperLayout).where(PaperLayout.is_default)).first()
    return kept or PaperLayout(locale=company().locale, colour=INK, columns=list(EVERY_COLUMN), capitals=True)


def company() -> Tenant:
    """The company whose paper it is."""
    return db.session.get_one(Tenant, require_tenant_id())


def logo() -> bytes | None:
    """The picture that stands on the company's paper, if there is one."""
    return db.session.scalar(select(PaperLayout.logo).where(PaperLayout.is_default))
