"""Telling people: within the transaction that gives the reason, so that either both happen or neither."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, exists, select, update

from app.access.actor import Actor
from app.access.rules import unlocked
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.origin import current_origin
from app.messaging import outbox
from app.messaging.channels import CHANNELS
from app.messaging.channels.contract import Message
from app.messaging.models import Notification
from app.messaging.texts import SECRET_KINDS


@unlocked("called by services and flows, which are locked")
def enqueue(channel: str, messages: Sequence[Message]) -> list[UUID]:
    """Hand messages to a channel; returns the ids of those that are new by their dedupe key.

    :raises KeyError: for a kind or a fact that there is not
    """
    return CHANNELS[channel].accept(messages)


@unlocked("called by services and flows, which are locked")
def notify(
    user_ids: UUID | Sequence[UUID],
    kind: str,
    facts: Mapping[str, Any],
    *,
    link: str | None = None,
    dedupe_key: str | None = None,
) -> None:
    """Put a message under the bell of one user or several.

    :param link: a path of our own pages
    :param dedupe_key: the same user is told once under the same key
    """
    recipients = [user_ids] if isinstance(user_ids, UUID) else list(dict.fromkeys(user_ids))
    enqueue(
        "bell",
        [
            Message(kind=kind, facts=facts, to=str(user_id), link=link, dedupe_key=dedupe_key)
            for user_id in recipients
        ],
    )


@unlocked("called by services and flows, which are locked")
def send_mail(  # noqa: PLR0913  (all but the first three by name)
    to: str,
    kind: str,
    facts: Mapping[str, Any],
    *,
    dedupe_key: str,
    link: str | None = None,
    locale: str | None = None,
    sender_id: UUID | None = None,
    expires_at: datetime | None = None,
) -> UUID | None:
    """Send an e-mail after the commit; None if one was sent under this key before.

    :param link: a path of our own pages, shown as the mail's button
    :param sender_id: the user who is told when the mail cannot be delivered
    :param expires_at: from when on it is better not sent at all
    :raises Invalid: about `to`, if no mail can be sent there
    """
    message = Message(
        kind=kind,
        facts=facts,
        to=to,
        link=link,
        dedupe_key=dedupe_key,
        locale=locale or current_origin().locale,
        secret=kind in SECRET_KINDS,
        sender_id=sender_id,
        expires_at=expires_at,
    )
    added = enqueue("mail", [message])
    return added[0] if added else None


@unlocked("called by services and flows, which are locked")
def send_letters(letters: Sequence[Message]) -> list[UUID]:
    """Send letters to people outside after the commit; returns the ids of those that are new.

    :raises Invalid: about `to`, if no mail can be sent there
    """
    return enqueue("mail", letters)


@unlocked("called by services and flows, which are locked")
def cancel(dedupe_key: str) -> bool:
    """Take back a message that nobody has begun to send; False if it is too late or unknown."""
    return outbox.cancel(dedupe_key)


@unlocked("one's own bell")
def mark_read(actor: Actor, notification_id: UUID) -> None:
    """Note that one has seen a notification; doing it again changes nothing.

    :raises NotFound: if it is not one's own
    """
    if not _read(actor, Notification.id == notification_id):
        own = exists().where(
            Notification.tenant_id == actor.tenant_id,
            Notification.id == notification_id,
            Notification.user_id == actor.id,
        )
        if not db.session.scalar(select(own)):
            raise NotFound


@unlocked("one's own bell")
def mark_all_read(actor: Actor) -> None:
    """Note that one has seen all there is."""
    _read(actor)


def _read(actor: Actor, *which: Any) -> int:
    result = db.session.execute(
        update(Notification)
        .where(Notification.user_id == actor.id, Notification.read_at.is_(None), *which)
        .values(read_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)  # noqa: S101  (narrows the type; an UPDATE always gives one)
    return result.rowcount
