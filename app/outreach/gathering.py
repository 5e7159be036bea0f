"""What decides about messages, read for many at once: as many statements for a thousand as for one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.consents import preferences, standing
from app.consents.models import current_policy
from app.consents.states import Purpose, Way
from app.core.db import db
from app.insights import message_values
from app.insights.message_values import Subject
from app.lists import pages
from app.message_templates import enclosed
from app.message_templates import queries as templates
from app.outreach import ways
from app.outreach.deciding import Person, World
from app.outreach.occasions import Choice
from app.outreach.states import GONE_OUT
from app.sms import readiness
from tenants import calendar, rls
from tenants.context import require_tenant_id
from tenants.models import Tenant

LONGEST_CAP = timedelta(days=30)
_PEOPLE = (
    "SELECT c.id, c.name, c.phones, c.email, u.name, o.login, c.language "
    "FROM contacts c "
    "LEFT JOIN customers u ON u.tenant_id = c.tenant_id AND u.id = c.customer_id "
    "LEFT JOIN users o ON o.tenant_id = c.tenant_id AND o.id = c.owner_id "
    "WHERE c.tenant_id = %(tenant)s AND c.id = ANY (%(contacts)s::uuid[]) "
    "AND c.deleted_at IS NULL AND c.merged_into_id IS NULL"
)
_HAD = (
    "SELECT m.contact_id, m.purpose, m.released_at FROM outreach_messages m "
    "WHERE m.tenant_id = %(tenant)s AND m.contact_id = ANY (%(contacts)s::uuid[]) "
    "AND m.released_at > %(since)s AND m.state = ANY (%(gone_out)s)"
)


def world(contact_ids: Collection[UUID], choices: Collection[Choice], *, at: datetime) -> World:
    """All that decides about messages to these contacts in these ways."""
    driver, tenant_id = rls.driver_of(db.session()), require_tenant_id()
    policy, company = current_policy(), db.session.get_one(Tenant, tenant_id)
    in_use = templates.usable_with_twins({choice.template_id for choice in choices})
    return World(
        zone=calendar.zone(),
        calm={purpose: policy.calm(purpose) for purpose in Purpose},
        company=company.name,
        people=_people(driver, company, sorted(set(contact_ids))),
        had=_had(driver, tenant_id, sorted(set(contact_ids)), at),
        templates=in_use,
        unapproved=readiness.unapproved(in_use),
        enclosed=enclosed.of([one.id for one in in_use.values() if one.way == Way.MAIL]),
    )


def values(subjects: Sequence[Subject]) -> list[Mapping[str, str]]:
    """What the variables of templates stand for, for each of these."""
    return list(message_values.of(rls.driver_of(db.session()), require_tenant_id(), subjects))


def _people(driver: Any, company: Tenant, contact_ids: Sequence[UUID]) -> dict[UUID, Person]:
    rows = list(pages.run(driver, _PEOPLE, {"tenant": company.id, "contacts": contact_ids}))
    reached = ways.reached(driver, company.id, [(row[0], row[2], row[3]) for row in rows])
    asked = {address for at in reached.values() for address in at.values()}
    known = standing.of(driver, company.id, list(reached), asked)
    return {
        contact_id: Person(
            contact_id=contact_id,
            name=name,
            customer=customer,
            addresses=reached[contact_id],
            standing=known[str(contact_id)],
            reply_to=login if login and "@" in login else None,
            preferences=preferences.token_for(company.slug, company.id, contact_id),
            language=language,
        )
        for contact_id, name, _phones, _email, customer, login, language in rows
    }


def _had(
    driver: Any, tenant_id: int, contact_ids: Sequence[UUID], at: datetime
) -> dict[tuple[UUID, Purpose], list[datetime]]:
    params = {
        "tenant": tenant_id,
        "contacts": contact_ids,
        "since": at - LONGEST_CAP,
        "gone_out": [state.value for state in GONE_OUT],
    }
    found: dict[tuple[UUID, Purpose], list[datetime]] = {}
    for contact_id, purpose, released_at in pages.run(driver, _HAD, params):
        found.setdefault((contact_id, Purpose(purpose)), []).append(released_at)
    return found
