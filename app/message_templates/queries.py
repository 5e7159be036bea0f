"""Reading templates: everybody in the company may know what it writes to people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

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
    return {one.id: one for one in _active(MessageTemplate.id.in_(ids))} if ids else {}


def usable_with_twins(ids: Collection[UUID]) -> Mapping[UUID, MessageTemplate]:
    """The same, with those that say the same in another language, in one statement."""
    if not ids:
        return {}
    which = MessageTemplate.id.in_(ids) | MessageTemplate.twin_of_id.in_(ids)
    return {one.id: one for one in _active(which)}


def _active(which: ColumnElement[bool]) -> Iterable[MessageTemplate]:
    return db.session.scalars(
        select(MessageTemplate).where(which, MessageTemplate.state == TemplateState.ACTIVE)
    )


def twins_of(template_id: UUID) -> Sequence[MessageTemplate]:
    """Those that say the same as a template in another language."""
    asked = select(MessageTemplate).where(MessageTemplate.twin_of_id == template_id)
    return db.session.scalars(asked.order_by(MessageTemplate.locale)).all()


def known(ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these templates that the company has, in use or not, in one statement."""
    return frozenset(db.session.scalars(select(MessageTemplate.id).where(MessageTemplate.id.in_(ids))))
