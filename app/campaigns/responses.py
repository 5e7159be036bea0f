"""What those did who got a campaign: links they followed, answers, and who wants no more of it."""

from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.campaigns.queries import reach_of
from app.core.errors import NotFound
from app.lists import pages

HEARD_DAYS = 7
"""For so long after a message an answer or a refusal counts as one to it."""
MOST_LINKS = 50
_KNOWN = "SELECT 1 FROM campaigns r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s AND r.deleted_at IS NULL"
_MINE = "m.origin_type = 'campaign' AND m.origin_id = %(id)s"
_SINCE = "> m.released_at AND {0} <= m.released_at + make_interval(days => %(days)s)"
_HEARD = (
    "SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM outreach_clicks k "  # noqa: S608
    "WHERE k.tenant_id = %(tenant)s AND k.message_id = m.id)), "
    "count(DISTINCT m.contact_id) FILTER (WHERE m.way = 'sms' AND EXISTS (SELECT 1 FROM sms_replies y "
    "WHERE y.tenant_id = %(tenant)s AND y.contact_id = m.contact_id AND NOT y.opts_out "
    f"AND y.at {_SINCE.format('y.at')})), "
    "count(DISTINCT m.contact_id) FILTER (WHERE EXISTS (SELECT 1 FROM consent_entries e "
    "WHERE e.tenant_id = %(tenant)s AND e.contact_id = m.contact_id "
    "AND e.source IN ('reply', 'link', 'mail-header') "
    "AND ((e.about = 'consent' AND NOT e.holds AND e.purpose = m.purpose) "
    "OR (e.about = 'do-not-contact' AND e.holds)) "
    f"AND e.said_at {_SINCE.format('e.said_at')})) "
    "FROM outreach_messages m WHERE m.tenant_id = %(tenant)s AND m.released_at IS NOT NULL "
    f"AND {_MINE}"
)
_LINKS = (
    "SELECT k.target, count(*) FROM outreach_messages m JOIN outreach_clicks k "  # noqa: S608
    "ON k.tenant_id = m.tenant_id AND k.message_id = m.id "
    f"WHERE m.tenant_id = %(tenant)s AND {_MINE} "
    f"GROUP BY k.target ORDER BY count(*) DESC, k.target LIMIT {MOST_LINKS}"
)


def of(connection: Any, actor: Actor, campaign_id: UUID) -> dict[str, Any]:
    """What those did who got a campaign, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is no such campaign for the actor
    """
    reach_of(actor)
    asked = {"tenant": actor.tenant_id, "id": campaign_id, "days": HEARD_DAYS}
    if not pages.run(connection, _KNOWN, asked):
        raise NotFound
    [[clicked, replied, unsubscribed]] = pages.run(connection, _HEARD, asked)
    links = [{"target": target, "people": people} for target, people in pages.run(connection, _LINKS, asked)]
    return {"clicked": clicked, "replied": replied, "unsubscribed": unsubscribed, "links": links}
