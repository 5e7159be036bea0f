"""What would come of a campaign if it began now."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.campaigns import audience
from app.campaigns.models import Campaign
from app.consents.states import Purpose
from app.contacts import queries as contacts
from app.core import clock
from app.outreach import costing
from app.outreach import foreseeing as outreach
from app.outreach.foreseeing import Foreseen
from app.outreach.occasions import Occasion, Origin
from app.usage import standing

ORIGIN = "campaign"
LOOKED_AT, SHOWN = 500, 5
"""Of so many it is said what would become of them, and so many are shown."""
Item = dict[str, Any]


def occasions(campaign: Campaign, contact_ids: Sequence[UUID]) -> list[Occasion]:
    """The messages of a campaign to these people, due now."""
    at, origin = clock.now(), Origin(type=ORIGIN, id=campaign.id, label=campaign.name)
    expires_at = campaign.expires_at or at + timedelta(hours=campaign.lasts_hours)
    return [
        Occasion(
            key=f"{ORIGIN}:{campaign.id}:{contact_id}",
            purpose=Purpose(campaign.purpose),
            contact_id=contact_id,
            choices=campaign.options,
            due_at=at,
            expires_at=expires_at,
            origin=origin,
        )
        for contact_id in contact_ids
    ]


@permitted(Permission.MESSAGE_MANAGE)
def preview(actor: Actor, campaign: Campaign) -> Item:
    """What would become of a campaign: how many it reaches, what that costs, who gets nothing and why.

    Those are shown that the actor sees; the others are counted.

    :raises Invalid: if the audience speaks of a field that is no more
    """
    meant = audience.people(actor, campaign.audience, [choice.way for choice in campaign.options])
    alone = [one.contact_id for one in meant if not one.same_address]
    foreseen = outreach.foresee(actor, occasions(campaign, alone[:LOOKED_AT]))
    seen = contacts.visible_ids(actor, {one.occasion.contact_id for one in foreseen})
    visible = [one for one in foreseen if one.occasion.contact_id in seen]
    ways = Counter(one.way.value for one in foreseen if one.way)
    obstacles = Counter(str(one.reason) for one in foreseen if one.way is None)
    bill = costing.bill(foreseen).grown(len(foreseen), len(alone))
    return {
        "total": len(meant),
        "same_address": len(meant) - len(alone),
        "looked_at": len(foreseen),
        "ways": [{"way": way, "count": count} for way, count in ways.most_common()],
        "obstacles": [{"reason": reason, "count": count} for reason, count in obstacles.most_common()],
        "segments": bill.segments,
        "cost": bill.cost,
        "limits": standing.told(),
        "people": [_item(one) for one in sorted(visible, key=lambda one: one.way is None)[:SHOWN]],
    }


def _item(one: Foreseen) -> Item:
    return {
        "contact_id": str(one.occasion.contact_id),
        "name": one.name,
        "customer": one.customer,
        "at": one.at,
        "way": one.way,
        "subject": one.words.subject if one.words else None,
        "text": one.words.text if one.words else None,
        "reason": one.reason,
        "held_by": one.held_by,
    }
