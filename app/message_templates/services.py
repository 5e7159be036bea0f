"""The templates of a company: writing, changing, copying and archiving them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule, guarded, permitted, unlocked
from app.audit import services as audit
from app.consents.states import Way
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.events import publish
from app.core.ids import new_id
from app.events.records import RecordsGone
from app.files import services as files
from app.message_templates import drafts, enclosed, founded, html, own_variables, trail, twins
from app.message_templates.drafts import LONGEST, Draft
from app.message_templates.models import MessageTemplate
from app.message_templates.states import TemplateState
from app.records.kinds import Record, kind_of
from tenants.context import require_tenant_id

MOST = 500
_COPY = {"zh-CN": "（副本）", "en": " (copy)"}
_LANGUAGE = {"zh-CN": "（中文）", "en": " (English)"}
manage: Rule[Any] = Rule(Permission.MESSAGE_MANAGE, when=lambda _actor, _template: True)


class TooManyTemplates(Conflict):
    """Nobody finds the right one among more."""

    code = "too-many-message-templates"


class TemplateWasUsed(Conflict):
    """Messages may have been written by it: it can only be archived."""

    code = "message-template-used"


class TemplateStateFixed(Conflict):
    """What was in use never becomes a draft again."""

    code = "message-template-no-draft"


@permitted(Permission.MESSAGE_MANAGE)
def create(actor: Actor, wanted: Mapping[str, Any]) -> MessageTemplate:
    """A new template, as a draft.

    :raises Invalid: naming every field that cannot be taken
    """
    draft, variables = drafts.demand(wanted, own=_own(actor))
    _demand_pictures(draft, None)
    return _add(actor, draft, variables)


@permitted(Permission.MESSAGE_MANAGE)
def copy(actor: Actor, template: MessageTemplate) -> MessageTemplate:
    """The same once more with its files, as a draft."""
    draft = Draft(**{name: getattr(template, name) for name in drafts.FIELDS})
    draft.name = _marked(draft.name, _COPY.get(draft.locale, _COPY["zh-CN"]))
    return _again(actor, template, draft)


@guarded(manage)
def translate(actor: Actor, template: MessageTemplate, locale: str) -> MessageTemplate:
    """The same with its files for another language, as a draft in which the words are still to be changed.

    :param template: held until the transaction ends
    :raises Invalid: naming `locale`, if there are words in it already
    :raises TemplateIsTwin: for what is a translation itself
    """
    twins.demand_room(template, locale)
    draft = Draft(**{name: getattr(template, name) for name in drafts.FIELDS})
    draft.name, draft.locale = _marked(draft.name, _LANGUAGE[locale]), locale
    return _again(actor, template, draft, twin_of_id=template.id)


def _marked(name: str, mark: str) -> str:
    return name.removesuffix(mark)[: LONGEST["name"] - len(mark)] + mark


def _again(
    actor: Actor, template: MessageTemplate, draft: Draft, *, twin_of_id: UUID | None = None
) -> MessageTemplate:
    made = _add(actor, draft, template.variables, twin_of_id)
    kind = kind_of(trail.SUBJECT)
    became = files.copy_all(actor, Record(kind, template), Record(kind, made))
    made.body = html.with_pictures(made.body, became)
    db.session.flush()
    return made


@guarded(manage)
def change(actor: Actor, template: MessageTemplate, changes: Mapping[str, Any]) -> None:
    """Change what a template says, have it used, or archive it; what was sent by it stays as it was.

    :raises Invalid: naming every field that cannot be taken
    """
    before = trail.shown(template)
    draft, variables = drafts.demand(changes, template, own=_own(actor))
    _demand_pictures(draft, template)
    twins.demand_alike(draft, template)
    if template.activated_at is not None and draft.purpose != template.purpose:
        # Who was asked whether they want to hear it was asked about its purpose.
        raise invalid("purpose", "template-purpose-fixed")
    for name, value in asdict(draft).items():
        setattr(template, name, value)
    template.variables = variables
    _move(template, TemplateState(changes.get("state", template.state)))
    told = audit.differences(before, trail.shown(template))
    if told or db.session.is_modified(template):
        template.updated_at, template.updated_by_id = clock.now(), None if actor.is_system else actor.id
        db.session.flush()
        audit.record(actor, trail.entry(template, "updated", told))


@guarded(manage)
def delete(actor: Actor, template: MessageTemplate) -> None:
    """Take away a template that was never in use.

    :raises TemplateWasUsed: if it was
    """
    if template.activated_at is not None:
        raise TemplateWasUsed
    twins.demand_none(template)
    audit.record(actor, trail.entry(template, "deleted"))
    publish(RecordsGone(record_type=trail.SUBJECT, record_ids=(template.id,)))
    db.session.delete(template)
    db.session.flush()


@unlocked("a new company has nobody yet who could write them")
def found(locale: str) -> None:
    """Give a new company what it begins with, in use at once."""
    at, here = clock.now(), require_tenant_id()
    rows = []
    for wanted in founded.templates(locale):
        draft, variables = drafts.demand(wanted)
        rows.append(
            {
                **asdict(draft), "tenant_id": here, "id": new_id(), "version": 1, "variables": variables,
                "state": TemplateState.ACTIVE.value, "activated_at": at,
                "created_by_id": None, "updated_by_id": None, "created_at": at, "updated_at": at,
            }
        )  # fmt: skip
    insert_many(MessageTemplate, rows)


def _own(by: Actor) -> set[str]:
    return {one.name for one in own_variables.offered(by)}


def _demand_pictures(draft: Draft, template: MessageTemplate | None) -> None:
    """Nothing is shown but what hangs on the template itself."""
    shown = html.pictures(draft.body) if draft.way == Way.MAIL else set()
    if shown and not (template and shown <= enclosed.pictures_on(template.id)):
        raise invalid("body", "template-unknown-picture")


def _add(actor: Actor, draft: Draft, variables: list[str], twin_of_id: UUID | None = None) -> MessageTemplate:
    if (db.session.scalar(select(func.count()).select_from(MessageTemplate)) or 0) >= MOST:
        raise TooManyTemplates
    at, by = clock.now(), None if actor.is_system else actor.id
    made = MessageTemplate(
        tenant_id=require_tenant_id(), id=new_id(), variables=variables, state=TemplateState.DRAFT.value,
        created_by_id=by, updated_by_id=by, created_at=at, updated_at=at,
        twin_of_id=twin_of_id, **asdict(draft),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    told = [one for one in audit.differences({}, trail.shown(made)) if one["after"] not in (None, "", False)]
    audit.record(actor, trail.entry(made, "created", told))
    return made


def _move(template: MessageTemplate, state: TemplateState) -> None:
    if state is TemplateState.DRAFT and template.activated_at is not None:
        raise TemplateStateFixed
    if state is TemplateState.ACTIVE and template.activated_at is None:
        template.activated_at = clock.now()
    template.state = state.value
