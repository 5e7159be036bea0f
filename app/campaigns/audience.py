"""Whom a campaign means: everybody who meets its conditions, each address once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.consents import addresses
from app.consents.states import Way
from app.contacts import cards as contacts
from app.core.db import db
from app.customers import cards as customers
from app.lists import pages
from app.lists.pages import Listing
from app.outreach import conditions
from tenants import rls

LISTINGS: Mapping[str, Listing] = {"contacts": contacts.LISTING, "customers": customers.LISTING}
_COLUMNS = {"contacts": "p.id", "customers": "p.customer_id"}


@dataclass(frozen=True, slots=True)
class Meant:
    """Somebody whom a campaign means."""

    contact_id: UUID
    same_address: bool
    """Somebody before them has one of their addresses."""


def count(reader: Actor, audience: Mapping[str, Any]) -> int:
    """How many people meet the conditions; one statement.

    :raises Invalid: if they speak of a field that is no more
    """
    [[found]] = _ask(reader, audience, "SELECT count(*)", "")
    return int(found)


def people(reader: Actor, audience: Mapping[str, Any], ways: Sequence[Way]) -> list[Meant]:
    """Everybody who meets the conditions, main contacts first; one statement.

    :param ways: in which they would be written to
    :raises Invalid: if the conditions speak of a field that is no more
    """
    rows = _ask(reader, audience, "SELECT p.id::text, p.phones, p.email", "ORDER BY p.is_primary DESC, p.id")
    taken: set[tuple[Way, str]] = set()
    found = []
    for contact_id, numbers, email in rows:
        reached = addresses.of_contact(numbers, email)
        own = {(way, reached[way]) for way in ways if way in reached}
        found.append(Meant(UUID(contact_id), not own.isdisjoint(taken)))
        taken |= own
    return found


def _ask(reader: Actor, audience: Mapping[str, Any], asked: str, order: str) -> Sequence[tuple[Any, ...]]:
    # Who is meant does not depend on who looks at a campaign, or on which worker begins it.
    system, driver = Actor.system(reader.tenant_id), rls.driver_of(db.session())
    parts, params = [], {"tenant": reader.tenant_id}
    for name, listing in LISTINGS.items():
        if tree := audience.get(name):
            met = conditions.where(driver, system, listing, tree, mark=name)
            parts.append(
                f"AND {_COLUMNS[name]} IN (SELECT r.id FROM {name} r WHERE r.tenant_id = %(tenant)s "
                f"AND r.deleted_at IS NULL AND {met.sql}) "
            )
            params |= met.params
    statement = (
        f"{asked} FROM contacts p WHERE p.tenant_id = %(tenant)s AND p.deleted_at IS NULL "
        f"AND p.merged_into_id IS NULL {''.join(parts)}{order}"
    )
    return pages.run(driver, statement, params, by_value=True)
