"""Reading letters: fetching is authorising."""

from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.core.db import db
from app.core.errors import NotFound
from app.letters.models import Letter
from app.lists.scopes import Branch, Reach

_ALL = Reach("all", (Branch("letters r"),), "true", {})


def reach_of(actor: Actor) -> Reach:
    """Which letters an actor sees: all of them, or none.

    :raises Forbidden: when none
    """
    if not actor.may(Permission.MESSAGE_MANAGE) and Permission.MESSAGE_MANAGE not in actor.grants:
        raise refuse(actor, Permission.MESSAGE_MANAGE)
    return _ALL


def get(actor: Actor, letter_id: UUID, *, to_change: bool = False) -> Letter:
    """A letter, locked if it is to be changed.

    :raises NotFound: if there is none
    """
    reach_of(actor)
    asked = select(Letter).where(Letter.id == letter_id, Letter.deleted_at.is_(None))
    if to_change:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(asked).first()
    if found is None:
        raise NotFound
    return found
