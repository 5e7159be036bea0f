"""Whoever is to do something hears of it in time: by the bell, and by mail where they want that."""

from datetime import timedelta
from typing import Any

import structlog

from app.access.queries.standing import wanting_mail
from app.core.errors import Invalid
from app.core.events import on
from app.core.logs import described
from app.events.tasks import Reminder, RemindersDue
from app.messaging import services as messaging
from app.messaging.channels import outgoing
from app.messaging.channels.contract import Message

log = structlog.get_logger(__name__)

LATE = timedelta(days=1)
"""After so long a mail is no use any more."""


@on(RemindersDue)
def remind(event: RemindersDue) -> None:
    """Tell each owner once of each reminder."""
    messaging.enqueue("bell", [_message(reminder, to=str(reminder.owner_id)) for reminder in event.reminders])
    wanted = wanting_mail({reminder.owner_id for reminder in event.reminders})
    mails = [
        _message(reminder, to=reader.address, locale=reader.locale, expires_at=reminder.at + LATE)
        for reminder in event.reminders
        if (reader := wanted.get(reminder.owner_id))
    ]
    messaging.enqueue("mail", [mail for mail in mails if _goes(mail)])


def _goes(mail: Message) -> bool:
    """Whether there is a way to its address: one that has none must not keep the others waiting."""
    try:
        outgoing("mail").check(mail)
    except Invalid as error:
        log.warning("reminder.no-mail", **described(error))
        return False
    return True


def _message(reminder: Reminder, **whom: Any) -> Message:
    return Message(
        kind="task-due",
        facts={
            "title": reminder.title,
            "due": f"{reminder.due:%Y-%m-%d %H:%M}",
        },
        link=f"/tasks?open={reminder.task_id}",
        dedupe_key=f"task-due:{reminder.task_id}:{reminder.at:%Y%m%dT%H%M%S%f}",
        **whom,
    )
