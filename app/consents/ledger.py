"""The ledger of consents: what colleagues note for a contact, and what contacts say themselves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.consents.models import ConsentEntry
from app.consents.states import About, Purpose, Source, Way
from app.contacts import policies, trail
from app.contacts import queries as contacts
from app.contacts.models import Contact
from app.core import clock
from app.core.bulk import insert_many
from app.core.errors import FieldProblem, invalid
from app.core.ids import new_id
from tenants.context import require_tenant_id

Problems = tuple[FieldProblem, ...]
Said = tuple[About, Purpose | None, Way | None, bool]
"""An entry of the ledger: about what, and whether it holds."""
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

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Noting":
        """A consent from where a job keeps it."""
        return cls(
            about=About.CONSENT,
            holds=kept["holds"],
            source=Source(kept["source"]),
            evidence=kept["evidence"],
            said_at=datetime.fromisoformat(kept["said_at"]) if kept["said_at"] else None,
            purposes=[Purpose(one) for one in kept["purposes"]],
            ways=[Way(one) for one in kept["ways"]],
        )

    def check(self) -> None:
        """Refuse what says too little, or what cannot have been said yet.

        :raises Invalid: naming what is missing, or does not belong together
        """
        if self.about is About.CONSENT:
            for name in ("purposes", "ways"):
                if not getattr(self, name):
                    raise invalid(name, "required")
            if self.holds and not self.evidence:
                raise invalid("evidence", "evidence-needed")
        if self.said_at is not None and self.said_at > clock.now() + LEEWAY:
            raise invalid("said_at", "said-in-future")


@guarded(policies.update)
def note(actor: Actor, contact: Contact, noting: Noting) -> None:
    """Note what a contact has said, or what is known of them.

    :raises Invalid: naming what is missing, or does not belong together
    """
    noting.check()
    _add(actor, [contact], noting)


@permitted(Permission.CONTACT_UPDATE)
def note_many(actor: Actor, contact_ids: Collection[UUID], noting: Noting) -> dict[UUID, Problems]:
    """Note the same of many contacts, in as many statements as of one; what was wrong with each, if anything.

    :raises Invalid: naming what is missing, or does not belong together
    """
    noting.check()
    found = contacts.visible(actor, contact_ids, to_change=True)
    refused: dict[UUID, Problems] = {
        one: (FieldProblem("row", "row-gone"),) for one in contact_ids if one not in found
    }
    for one, contact in found.items():
        may = policies.update.allows(actor, contact)
        refused[one] = () if may else (FieldProblem("row", "contact-not-yours"),)
    _add(actor, [contact for one, contact in found.items() if not refused[one]], noting)
    return refused


def _add(actor: Actor, noted: Sequence[Contact], noting: Noting) -> None:
    write(
        actor,
        noted,
        entries_of(noting),
        source=noting.source,
        evidence=noting.evidence,
        said_at=noting.said_at or clock.now(),
    )


def entries_of(noting: Noting) -> list[Said]:
    """The entries of the ledger that something comes to."""
    if noting.about is not About.CONSENT:
        return [(noting.about, None, None, noting.holds)]
    purposes = [one for one in Purpose if one in noting.purposes]
    ways = [one for one in Way if one in noting.ways]
    return [(noting.about, purpose, way, noting.holds) for purpose in purposes for way in ways]


def write(
    by: Actor,
    of: Sequence[Contact],
    said: Sequence[Said],
    *,
    source: Source,
    evidence: str | None,
    said_at: datetime,
) -> None:
    """Add entries to the ledger and tell the trail; whoever calls has asked whether that may be done."""
    if not of:
        return
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
        for contact in of
        for about, purpose, way, holds in said
    ]
    insert_many(ConsentEntry, rows)
    told = [_told(one) for one in said]
    audit.record_many(by, [trail.entry(contact, "consent-noted", told) for contact in of])


def _told(said: Said) -> dict[str, Any]:
    about, purpose, way, holds = said
    names = (about.replace("-", "_"), purpose, way)
    return {"field": "_".join(name for name in names if name), "before": None, "after": holds}
