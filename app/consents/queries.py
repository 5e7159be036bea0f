"""Reading the list of suppressed addresses."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.consents.addresses import ADDRESSED, compared
from app.consents.models import Suppression
from app.consents.states import Way
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.lists import names
from tenants import rls


@permitted(Permission.MESSAGE_MANAGE)
def page(
    _actor: Actor,
    *,
    way: Way | None,
    lifted: bool,
    address: str | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Suppression]:
    """Suppressed addresses, the newest first, from behind `after`.

    :param lifted: those that were taken off the list, instead
    :param address: only this one, as somebody types it
    """
    asked = select(Suppression).order_by(Suppression.id.desc()).limit(limit)
    asked = asked.where(Suppression.lifted_at.is_not(None) if lifted else Suppression.lifted_at.is_(None))
    if way is not None:
        asked = asked.where(Suppression.way == way)
    if address:
        asked = asked.where(Suppression.address.in_(_spellings(address)))
    if after is not None:
        asked = asked.where(Suppression.id < after)
    return db.session.scalars(asked).all()


@permitted(Permission.MESSAGE_MANAGE)
def get(_actor: Actor, suppression_id: UUID) -> Suppression:
    """A suppressed address, locked.

    :raises NotFound: if there is none such
    """
    asked = select(Suppression).where(Suppression.id == suppression_id).with_for_update()
    found = db.session.scalars(asked).first()
    if found is None:
        raise NotFound
    return found


def shown(reader: Actor, suppressions: Sequence[Suppression]) -> list[dict[str, Any]]:
    """Suppressed addresses with the names of those who put them on the list and took them off."""
    users = {str(who) for one in suppressions for who in (one.added_by_id, one.lifted_by_id) if who}
    called = names.directory(rls.driver_of(db.session()), reader, users)
    return [
        {
            **{name: getattr(one, name) for name in _PLAIN},
            "added_by": called.user(str(one.added_by_id)) if one.added_by_id else None,
            "lifted_by": called.user(str(one.lifted_by_id)) if one.lifted_by_id else None,
        }
        for one in suppressions
    ]


_PLAIN = ("id", "way", "address", "reason", "note", "added_at", "lifted_at", "lifted_because")


def _spellings(typed: str) -> list[str]:
    found = [typed]
    for way in ADDRESSED:
        try:
            found.append(compared(way, typed, field="address"))
        except Invalid:
            continue
    return found
