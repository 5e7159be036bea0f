"""Messages to people outside in the company of a world."""

import json
from collections.abc import Callable
from typing import Any

from app.core.ids import new_id
from tests.support.samples import MARK
from tests.support.world import World

STATES = ("waiting", "waiting", "cancelled", "cancelled")
_MESSAGE = (
    "INSERT INTO outreach_messages (tenant_id, id, key, purpose, contact_id, origin_type, origin_id, "
    "origin_label, choices, place, state, due_at, next_at, expires_at, created_at) VALUES "
    "(%s, %s, %s, 'care', %s, 'by-hand', %s, %s, %s, 0, %s, '2026-03-18', '2089-03-18', '2089-03-19', now())"
)
_MEANT = (
    "INSERT INTO campaign_people (tenant_id, id, campaign_id, contact_id, place, same_address) "
    "VALUES (%s, %s, %s, %s, 0, false)"
)
_FILING = (
    "INSERT INTO sms_filings (tenant_id, id, account_id, template_id, text, variables, code, state, "
    "submitted_at) SELECT a.tenant_id, %s, a.id, p.id, p.body, '[]', '77', 'approved', now() "
    "FROM sms_accounts a JOIN message_templates p ON p.tenant_id = a.tenant_id AND p.id = %s "
    "WHERE a.tenant_id = %s AND a.id = %s ON CONFLICT (tenant_id, account_id, template_id) "
    "DO UPDATE SET state = 'approved', code = '77', next_at = NULL"
)
_REPLY = (
    "INSERT INTO sms_replies (tenant_id, id, account_id, key, number, text, opts_out, contact_id, at, "
    "received_at) VALUES (%s, %s, %s, %s, '+8613900130001', %s, false, %s, now(), now())"
)


def let_campaigns_stand(world: World, send: Callable[..., Any], count: int) -> None:
    """Drafts of campaigns that could begin: their words are in use."""
    words = {"name": f"{MARK} 活动", "way": "mail", "purpose": "marketing", "subject": MARK, "body": MARK}
    made = send(world, "POST", "/message-templates", words)
    send(world, "PATCH", f"/message-templates/{made['id']}", {"state": "active"}, made["version"])
    choices = [{"way": "mail", "template_id": made["id"]}]
    for n in range(count):
        send(world, "POST", "/campaigns", {"name": f"{MARK} {n}", "audience": {}, "choices": choices})


def spread_messages(world: World) -> None:
    """Everybody can be written to in words that all companies have; messages wait, or were taken back."""
    rows, here = world.store.rows, world.tenant_id
    rows("UPDATE contacts SET email = 'sample@example.com' WHERE tenant_id = %s", here)
    rows("UPDATE consent_entries SET holds = (about = 'consent') WHERE tenant_id = %s", here)
    short, mail = world.ids("message_templates")[:2]
    in_use = "UPDATE message_templates SET state = 'active', activated_at = now() "
    rows(f"{in_use} WHERE tenant_id = %s AND id IN (%s, %s)", here, short, mail)
    for account in world.ids("sms_accounts"):
        rows(_FILING, new_id(), short, here, account)
        for n, contact in enumerate(world.ids("contacts")):
            rows(_REPLY, here, new_id(), account, f"spread:{n}", MARK, contact)
    contact = world.ids("contacts")[0]
    choices = json.dumps([{"way": "mail", "template_id": mail}])
    for n, state in enumerate(STATES):
        rows(_MESSAGE, here, new_id(), f"spread:{n}", contact, new_id(), MARK, choices, state)
    for campaign in world.ids("campaigns"):
        rows(_MEANT, here, new_id(), campaign, contact)
