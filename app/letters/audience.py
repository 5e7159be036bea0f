"""Whom a letter means, of those whom its reader sees."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.campaigns.audience import LISTINGS
from app.contacts import queries as contacts
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.letters.models import Letter
from app.letters.states import MOST, CampaignPart
from app.lists import pages
from app.outreach import conditions
from app.outreach.states import GONE_OUT
from tenants import rls

_COLUMNS = {"contacts": "r.id", "customers": "r.customer_id"}
_OF_CAMPAIGN = (
    "AND EXISTS (SELECT 1 FROM campaign_people p WHERE p.tenant_id = %(tenant)s "
    "AND p.campaign_id = %(campaign)s AND p.contact_id = r.id{0}) "
)
_UNREACHED = (
    "AND NOT EXISTS (SELECT 1 FROM outreach_messages m WHERE m.tenant_id = %(tenant)s "
    "AND m.origin_type = 'campaign' AND m.origin_id = %(campaign)s AND m.contact_id = r.id "
    "AND m.state = ANY (%(reached)s)) "
)
_REACHED = (*map(str, GONE_OUT), "waiting")


class TooManyLetters(Conflict):
    """More people than one printing is for."""

    code = "letter-too-many"


class AddressHidden(Forbidden):
    """Letters cannot be addressed by somebody who may not read addresses."""

    code = "letter-address-hidden"


def people(reader: Actor, letter: Letter) -> list[UUID]:
    """Those whom a letter means and whom its reader sees, customer by customer; one statement.

    The main contact of a customer stands before its others.

    :raises Forbidden: if the reader sees no contacts, or may not read addresses
    :raises Invalid: if the conditions speak of a field that is no more, or that the reader may not read
    :raises TooManyLetters: if they are more than one printing is for
    """
    if "address" in reader.hides("customer"):
        raise AddressHidden
    reach = contacts.reach_of(reader)
    driver = rls.driver_of(db.session())
    met, params = _met(driver, reader, letter.audience)
    statement = (
        "SELECT r.id FROM contacts r LEFT JOIN customers k ON k.tenant_id = %(tenant)s "
        "AND k.id = r.customer_id WHERE r.tenant_id = %(tenant)s AND r.deleted_at IS NULL "
        f"AND r.merged_into_id IS NULL AND {reach.predicate} {met}{_of_campaign(letter, params)}"
        "ORDER BY k.name_key NULLS LAST, r.customer_id, r.is_primary DESC, r.id LIMIT %(most)s"
    )
    bound = {**reach.params, **params, "tenant": reader.tenant_id, "most": MOST + 1}
    found = [row[0] for row in pages.run(driver, statement, bound, by_value=True)]
    if len(found) > MOST:
        raise TooManyLetters(max=MOST)
    return found


def _met(driver: Any, reader: Actor, audience: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    parts: list[str] = []
    params: dict[str, Any] = {}
    for name, listing in LISTINGS.items():
        if tree := audience.get(name):
            # As the reader, not as the product: who is found would tell what is in fields hidden from them.
            found = conditions.where(driver, reader, listing, tree, mark=name)
            parts.append(
                f"AND {_COLUMNS[name]} IN (SELECT r.id FROM {name} r WHERE r.tenant_id = %(tenant)s "
                f"AND r.deleted_at IS NULL AND {found.sql}) "
            )
            params.update(found.params)
    return "".join(parts), params


def _of_campaign(letter: Letter, params: dict[str, Any]) -> str:
    if letter.campaign_id is None:
        return ""
    params["campaign"] = letter.campaign_id
    if letter.campaign_part == CampaignPart.EVERYBODY:
        return _OF_CAMPAIGN.format("")
    params["reached"] = list(_REACHED)
    # Whoever shares an address with somebody before them was reached there.
    return _OF_CAMPAIGN.format(" AND NOT p.same_address") + _UNREACHED
