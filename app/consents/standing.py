"""Whether people may be written to, as the ledger, the suppressed addresses and what is known of them say.

Asked when a message is planned and again at the moment of sending, for many at once: three statements.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.consents.states import About, Obstacle, Purpose, Way
from app.lists import pages

GROWN_UP = 18
_LAST_SAID = (
    "SELECT DISTINCT ON (e.contact_id, e.about, e.purpose, e.way) "
    "e.contact_id::text, e.about, e.purpose, e.way, e.holds, e.source, e.said_at, e.id::text "
    "FROM consent_entries e WHERE e.tenant_id = %(tenant)s AND e.contact_id = ANY (%(contacts)s::uuid[]) "
    "ORDER BY e.contact_id, e.about, e.purpose, e.way, e.said_at DESC, e.id DESC"
)
_SUPPRESSED = (
    "SELECT s.way, s.address FROM suppressions s WHERE s.tenant_id = %(tenant)s AND s.lifted_at IS NULL "
    "AND s.address = ANY (%(addresses)s)"
)
_BORN = (
    "SELECT c.id::text, c.birthday_year FROM contacts c WHERE c.tenant_id = %(tenant)s "
    "AND c.id = ANY (%(contacts)s::uuid[]) AND c.birthday_year IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said last about one thing."""

    holds: bool
    source: str
    said_at: datetime
    entry_id: str


Key = tuple[str, str | None, str | None]
"""What an entry is about, for which purpose, in which way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of one contact."""

    said: Mapping[Key, Said]
    born: int | None
    suppressed: frozenset[tuple[str, str]]

    def holds(self, about: About) -> bool:
        """Whether something is said of them in general."""
        last = self.said.get((about, None, None))
        return last is not None and last.holds

    def is_minor(self, today: date) -> bool:
        """Whether they are a child: as somebody has noted it, or by the year in which they were born."""
        noted = self.said.get((About.MINOR, None, None))
        if noted is not None:
            return noted.holds
        return self.born is not None and today.year - self.born < GROWN_UP

    def obstacle(
        self, purpose: Purpose, way: Way, address: str | None, *, needs_consent: bool, today: date
    ) -> Obstacle | None:
        """What stands against writing to them for a purpose in a way; None: they may be written to."""
        if self.holds(About.DO_NOT_CONTACT):
            return Obstacle.DO_NOT_CONTACT
        if self.is_minor(today):
            return Obstacle.MINOR
        if address is None:
            return Obstacle.NO_ADDRESS
        if (way.value, address) in self.suppressed:
            return Obstacle.SUPPRESSED
        consent = self.said.get((About.CONSENT, purpose, way))
        if consent is None:
            return Obstacle.NO_CONSENT if needs_consent else None
        return None if consent.holds else Obstacle.WITHDRAWN


def of(
    connection: Any, tenant_id: int, contact_ids: Sequence[UUID | str], addresses: Iterable[str]
) -> dict[str, Standing]:
    """What is known of these contacts, by id, in three statements however many they are.

    :param connection: a psycopg connection inside the tenant's walls
    :param addresses: all at which they might be written to
    """
    ids = [str(one) for one in contact_ids]
    params = {"tenant": tenant_id, "contacts": ids, "addresses": sorted(set(addresses))}
    said: dict[str, dict[Key, Said]] = {one: {} for one in ids}
    for contact, about, purpose, way, *rest in pages.run(connection, _LAST_SAID, params):
        said[contact][about, purpose, way] = Said(*rest)
    suppressed = frozenset((way, address) for way, address in pages.run(connection, _SUPPRESSED, params))
    born = dict(pages.run(connection, _BORN, params))
    return {one: Standing(said=said[one], born=born.get(one), suppressed=suppressed) for one in ids}
