"""What those did who got a campaign: links they followed, answers, and who wants no more of it."""

from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.campaigns.queries import reach_of
from app.core.errors import NotFound
from app.lists import pages
from app.outreach import responding

MOST_LINKS = 50
_KNOWN = "SELECT 1 FROM campaigns r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s AND r.deleted_at IS NULL"
_MINE = "m.origin_type = 'campaign' AND m.origin_id = %(id)s"
_HEARD = (
    "SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM outreach_clicks k "  # noqa: S608
    "WHERE k.tenant_id = m.tenant_id AND k.message_id = m.id)), "
    f"count(DISTINCT m.contact_id) FILTER (WHERE {responding.replied('m')}), "
    f"count(DISTINCT m.contact_id) FILTER (WHERE {responding.refused('m')}) "
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
    asked = {"tenant": actor.tenant_id, "id": campaign_id}
    if not pages.run(connection, _KNOWN, asked):
        raise NotFound
    [[clicked, replied, unsubscribed]] = pages.run(connection, _HEARD, asked)
    links = [{"target": target, "people": people} for target, people in pages.run(connection, _LINKS, asked)]
    return {"clicked": clicked, "replied": replied, "unsubscribed": unsubscribed, "links": links}
