"""Setting how much may be sent in a month."""

from collections.abc import Mapping

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.queries.standing import tenant_of
from app.access.rules import permitted, unlocked
from app.access.services.tenant import SUBJECT_ID
from app.access.trail import changed
from app.audit import services as audit
from app.audit.services import Entry
from app.core.db import db
from app.messaging import outbox
from app.usage import standing
from app.usage.barring import USED_UP
from app.usage.models import MessageLimits
from tenants.context import require_tenant_id

SUBJECT = "message-limits"
MOST = 100_000_000


@permitted(Permission.MESSAGE_MANAGE)
def limits(_actor: Actor) -> MessageLimits:
    """What the company may send."""
    return standing.limits()


@permitted(Permission.MESSAGE_MANAGE)
def change(actor: Actor, own: Mapping[str, int | None]) -> MessageLimits:
    """Limit oneself to so many segments in a month, from the next message on.

    :param own: by channel; None: not at all. Channels that are not named stay as they are
    """
    wanted = {f"own_{channel}": value for channel, value in own.items()}
    return _changed(actor, tenant_of(actor).name, wanted)


@unlocked("operators answer for it, in a room of their own")
def grant(label: str, granted: Mapping[str, int | None]) -> dict[str, int | None]:
    """Have whoever keeps the installation limit the current company; returns what was granted before.

    :param label: what the company is called
    """
    found = standing.limits()
    before: dict[str, int | None] = {channel: getattr(found, f"granted_{channel}") for channel in granted}
    from_outside = Actor.system(require_tenant_id())
    _changed(from_outside, label, {f"granted_{channel}": value for channel, value in granted.items()})
    return before


def _changed(who: Actor, label: str, wanted: Mapping[str, int | None]) -> MessageLimits:
    found = standing.limits()
    told = [
        changed(name, getattr(found, name), value)
        for name, value in wanted.items()
        if getattr(found, name) != value
    ]
    if not told:
        return found
    for name, value in wanted.items():
        setattr(found, name, value)
    found.version += 1
    db.session.add(found)
    db.session.flush()
    # Looked at anew, whether the limit was raised or lowered: what is still beyond it waits again.
    outbox.hurry(USED_UP)
    audit.record(
        who,
        Entry(
            action="updated",
            subject_type=SUBJECT,
            subject_id=SUBJECT_ID,
            subject_label=label,
            changes=told,
        ),
    )
    return found
