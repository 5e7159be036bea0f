"""Reading templates: everybody in the company may know what it writes to people."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.consents.states import Way
from app.core.db import db
from app.core.errors import NotFound
from app.lists.scopes import Branch, Reach
from app.message_templates.models import MessageTemplate
from app.message_templates.states import TemplateState

TABLE = "message_templates"


def reach_of(_actor: Actor) -> Reach:
    """All templates of the company."""
    return Reach("all", (Branch(f"{TABLE} r"),), "true", {})


def get(_actor: Actor, template_id: UUID, *, to_change: bool = False) -> MessageTemplate:
    """A template.

    :param to_change: lock it until the transaction ends
    :raises NotFound: if there is none such
    """
    asked = select(MessageTemplate).where(MessageTemplate.id == template_id)
    if to_change:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(asked).first()
    if found is None:
        raise NotFound
    return found


def letter(actor: Actor, template_id: UUID) -> MessageTemplate:
    """A template of mails, on which files can hang.

    :raises NotFound: if there is none such
    """
    found = get(actor, template_id)
    if found.way != Way.MAIL:
        raise NotFound
    return found


def usable(ids: Collection[UUID]) -> Mapping[UUID, MessageTemplate]:
    """Those of these templates by which messages can be written now, in one statement."""
    if not ids:
        return {}
    asked = select(MessageTemplate).where(
        MessageTemplate.id.in_(ids), MessageTemplate.state == TemplateState.ACTIVE
    )
    return {one.id: one for one in db.session.scalars(asked)}


def known(ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these templates that the company has, in use or not, in one statement."""
    return frozenset(db.session.scalars(select(MessageTemplate.id).where(MessageTemplate.id.in_(ids))))
