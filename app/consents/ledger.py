"""The ledger of consents: what colleagues note for a contact, and what contacts say themselves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.access.actor import Actor
from app.access.rules import guarded
from app.audit import services as audit
from app.consents.models import ConsentEntry
from app.consents.states import About, Purpose, Source, Way
from app.contacts import policies, trail
from app.contacts.models import Contact
from app.core import clock
from app.core.bulk import insert_many
from app.core.errors import invalid
from app.core.ids import new_id
from tenants.context import require_tenant_id

LONGEST_EVIDENCE = 500
LEEWAY = timedelta(minutes=5)
"""How far another clock may be ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noting:
    """What is to be noted of a contact."""

    about: About
    holds: bool
    source: Source
    evidence: str | None
    said_at: datetime | None
    """None: just now."""
    purposes: Collection[Purpose] = ()
    """Of a consent: each of these, in each of the ways."""
    ways: Collection[Way] = ()


@guarded(policies.update)
def note(actor: Actor, contact: Contact, noting: Noting) -> None:
    """Note what a contact has said, or what is known of them.

    :raises Invalid: naming what is missing, or does not belong together
    """
    if noting.about is About.CONSENT:
        for name in ("purposes", "ways"):
            if not getattr(noting, name):
                raise invalid(name, "required")
        if noting.holds and not noting.evidence:
            raise invalid("evidence", "evidence-needed")
    at = clock.now()
    if noting.said_at is not None and noting.said_at > at + LEEWAY:
        raise invalid("said_at", "said-in-future")
    write(
        actor,
        contact,
        entries_of(noting),
        source=noting.source,
        evidence=noting.evidence,
        said_at=noting.said_at or at,
    )


def entries_of(noting: Noting) -> list[tuple[About, Purpose | None, Way | None, bool]]:
    """The entries of the ledger that something comes to."""
    if noting.about is not About.CONSENT:
        return [(noting.about, None, None, noting.holds)]
    purposes = [one for one in Purpose if one in noting.purposes]
    ways = [one for one in Way if one in noting.ways]
    return [(noting.about, purpose, way, noting.holds) for purpose in purposes for way in ways]


def write(
    by: Actor,
    contact: Contact,
    said: Sequence[tuple[About, Purpose | None, Way | None, bool]],
    *,
    source: Source,
    evidence: str | None,
    said_at: datetime,
) -> None:
    """Add entries to the ledger and tell the trail; whoever calls has asked whether that may be done."""
    at, tenant_id = clock.now(), require_tenant_id()
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "contact_id": contact.id,
            "about": about,
            "purpose": purpose,
            "way": way,
            "holds": holds,
            "source": source,
            "evidence": evidence,
            "said_at": said_at,
            "noted_at": at,
            "noted_by_id": None if by.is_system else by.id,
        }
        for about, purpose, way, holds in said
    ]
    insert_many(ConsentEntry, rows)
    audit.record(by, trail.entry(contact, "consent-noted", [_told(row) for row in rows]))


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    names = (row["about"].replace("-", "_"), row["purpose"], row["way"])
    return {"field": "_".join(name for name in names if name), "before": None, "after": row["holds"]}
