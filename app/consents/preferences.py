"""A page of their own, on which a contact says what they want to hear and what not.

Its link is the proof: a seal over the contact's id, which nobody can make up. It opens nothing but this.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access import throttle
from app.access.actor import Actor
from app.access.queries.standing import tenant_of
from app.access.rules import guarded, unlocked
from app.audit import services as audit
from app.consents import addresses, ledger, standing
from app.consents.models import current_policy
from app.consents.states import About, Purpose, Source, Way
from app.contacts import policies, queries, trail
from app.contacts.models import Contact
from app.core import clock, crypto
from app.core.db import db
from app.core.errors import Gone, NotFound
from tenants import provisioning, rls
from tenants.models import Tenant

_TOKEN = re.compile(r"([A-Za-z0-9_-]{1,60})\.([0-9a-f]{32})\.([A-Za-z0-9_-]{1,60})")
_SEAL = "contact-preferences"


class PreferenceLinkDead(Gone):
    """It opens nothing: it was never ours, or whom it was for is no longer known."""

    code = "preference-link-dead"


@guarded(policies.update)
def link(actor: Actor, contact: Contact) -> str:
    """The token of the page of a contact; told to the trail, as what is said there counts as theirs."""
    audit.record(actor, trail.entry(contact, "preference-link-made"))
    return token_of(tenant_of(actor).slug, contact)


def token_of(slug: str, contact: Contact) -> str:
    """The token of the page of a contact of a company."""
    return token_for(slug, contact.tenant_id, contact.id)


def token_for(slug: str, tenant_id: int, contact_id: UUID) -> str:
    """The same where the contact is not at hand."""
    return f"{slug}.{contact_id.hex}.{crypto.sign(_SEAL, _sealed(tenant_id, contact_id))}"


@unlocked("whoever holds the link")
def look(token: str) -> Mapping[str, Any]:
    """What a contact has agreed to and refused, for themselves to read.

    :raises PreferenceLinkDead: if the link is not good
    """
    company, contact = _open(token)
    return _shown(company, contact)


@unlocked("whoever holds the link")
def say(
    token: str, choices: Sequence[Mapping[str, Any]], *, nothing_at_all: bool | None
) -> Mapping[str, Any]:
    """Take a contact's word; it holds at once.

    :param choices: each `purpose`, `way` and whether they want it
    :param nothing_at_all: that they want to hear nothing any more, or something again
    :raises PreferenceLinkDead: if the link is not good
    """
    company, contact = _open(token, to_change=True)
    said: list[tuple[About, Purpose | None, Way | None, bool]] = [
        (About.CONSENT, Purpose(one["purpose"]), Way(one["way"]), one["holds"]) for one in choices
    ]
    if nothing_at_all is not None:
        said.append((About.DO_NOT_CONTACT, None, None, nothing_at_all))
    if said:
        product = Actor.system(company.id)
        ledger.write(product, [contact], said, source=Source.LINK, evidence=None, said_at=clock.now())
    return _shown(company, contact)


@unlocked("whoever holds the link")
def refuse_mail(token: str, purpose: Purpose) -> None:
    """Note that a contact pressed the unsubscribe button of their mail programme; once is enough.

    :raises PreferenceLinkDead: if the link is not good
    """
    throttle.count(throttle.PREFERENCES_BY_ADDRESS, throttle.here())
    refuse_mail_by_letter(token, purpose)


@unlocked("whoever holds the link")
def refuse_mail_by_letter(token: str, purpose: Purpose) -> None:
    """The same of a contact who has written it; nobody waits for an answer, so nobody is slowed down.

    :raises PreferenceLinkDead: if the link is not good
    """
    company, contact = _entered(token, to_change=True)
    driver = rls.driver_of(db.session())
    (known,) = standing.of(driver, company.id, [contact.id], ()).values()
    last = known.said.get((About.CONSENT, purpose, Way.MAIL))
    if last is None or last.holds:
        said = [(About.CONSENT, purpose, Way.MAIL, False)]
        product = Actor.system(company.id)
        ledger.write(product, [contact], said, source=Source.MAIL_HEADER, evidence=None, said_at=clock.now())


def _open(token: str, *, to_change: bool = False) -> tuple[Tenant, Contact]:
    """Enter the company of a link that is good."""
    throttle.count(throttle.PREFERENCES_BY_ADDRESS, throttle.here())
    return _entered(token, to_change=to_change)


def _entered(token: str, *, to_change: bool) -> tuple[Tenant, Contact]:
    parts = _TOKEN.fullmatch(token)
    tenant = provisioning.tenant_by_slug(parts[1]) if parts else None
    if parts is None or tenant is None:
        raise PreferenceLinkDead
    tenant_id, contact_id = tenant.id, UUID(hex=parts[2])
    if not crypto.signed(_SEAL, _sealed(tenant_id, contact_id), parts[3]):
        raise PreferenceLinkDead
    rls.step_in(db.session(), tenant_id)
    try:
        contact = queries.get(Actor.system(tenant_id), contact_id, to_change=to_change)
    except NotFound:
        raise PreferenceLinkDead from None
    return db.session.get_one(Tenant, tenant_id), contact


def _sealed(tenant_id: int, contact_id: UUID) -> str:
    return f"{tenant_id}|{contact_id.hex}"


def _shown(company: Tenant, contact: Contact) -> Mapping[str, Any]:
    at = addresses.of_contact(contact.phones, contact.email)
    driver = rls.driver_of(db.session())
    (known,) = standing.of(driver, company.id, [contact.id], at.values()).values()
    policy = current_policy()
    return {
        "company": company.name,
        "nothing_at_all": known.holds(About.DO_NOT_CONTACT),
        "ways": [
            {
                "way": way,
                "address": addresses.masked(way, address),
                "purposes": [
                    {"purpose": purpose, "wanted": _wanted(known, policy, purpose, way)}
                    for purpose in Purpose
                ],
            }
            for way, address in at.items()
        ],
    }


def _wanted(known: standing.Standing, policy: Any, purpose: Purpose, way: Way) -> bool:
    last = known.said.get((About.CONSENT, purpose, way))
    return last.holds if last else not policy.calm(purpose).needs_consent
