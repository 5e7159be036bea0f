"""People follow links of what was written to them: where those lead, and that somebody has followed them."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.access import throttle
from app.access.rules import unlocked
from app.core import clock
from app.core.db import db
from app.core.errors import Gone
from app.messaging import followed_links
from app.messaging.followed_links import Followed
from app.messaging.models import Delivery
from app.outreach.models import OutreachClick, OutreachTry
from tenants import rls


class FollowedLinkDead(Gone):
    """It leads nowhere: it was never ours, or the letter is no longer kept."""

    code = "followed-link-dead"


@unlocked("whoever holds the link")
def follow(token: str, *, in_person: bool) -> str:
    """Where a link of a letter leads; that somebody has followed it is noted once.

    :param in_person: whether somebody follows it, and no programme
    :raises FollowedLinkDead: if the link is not good
    """
    throttle.count(throttle.FOLLOWED_LINKS_BY_ADDRESS, throttle.here())
    followed = followed_links.read(token)
    if followed is None:
        raise FollowedLinkDead
    rls.step_in(db.session(), followed.tenant_id)
    asked = (
        select(OutreachTry.message_id, Delivery.facts["html"].as_string())
        .join(
            Delivery, (Delivery.tenant_id == OutreachTry.tenant_id) & (Delivery.id == OutreachTry.delivery_id)
        )
        .where(OutreachTry.tenant_id == followed.tenant_id, OutreachTry.delivery_id == followed.delivery_id)
    )
    found = db.session.execute(asked).first()
    known = followed_links.targets(found[1] or "") if found else ()
    if found is None or followed.place >= len(known):
        raise FollowedLinkDead
    if in_person:
        _note(followed, found[0], known[followed.place])
    return known[followed.place]


def _note(followed: Followed, message_id: object, target: str) -> None:
    db.session.execute(
        insert(OutreachClick)
        .values(
            tenant_id=followed.tenant_id,
            message_id=message_id,
            place=followed.place,
            target=target,
            at=clock.now(),
        )
        .on_conflict_do_nothing()
    )
