"""The kinds of subject that somebody can meet in their boxes, to look for one of them."""

from typing import Any

from sqlalchemy import select, union

from app.access.actor import Actor
from app.access.permissions import Permission
from app.approvals.kinds import all_kinds
from app.approvals.models import Approval, CopiedTo, Seat
from app.core.db import db


def met(reader: Actor) -> list[dict[str, Any]]:
    """The kinds of what the reader has submitted, was asked about or told of, for orjson.

    Whoever looks after approvals meets all; nobody else learns of a form that they have not met.
    """
    kinds = all_kinds()
    if not reader.may(Permission.APPROVAL_MANAGE):
        seen = set(db.session.scalars(_of(reader)))
        kinds = [kind for kind in kinds if kind.word in seen]
    return [{"word": kind.word, "name": kind.name} for kind in kinds]


def _of(reader: Actor) -> Any:
    return union(
        select(Approval.kind).where(Approval.owner_id == reader.id),
        select(Seat.kind).where(Seat.user_id == reader.id, Seat.opened_at.is_not(None)),
        select(CopiedTo.kind).where(CopiedTo.user_id == reader.id),
    )
