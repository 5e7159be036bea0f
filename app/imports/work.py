"""A chunk's rows on their way, and what is known of them so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from app.access.actor import Actor
from app.core.errors import FieldProblem
from app.imports.models import Import
from app.imports.plan import Plan, Row
from app.imports.results import SUCCEEDED, Taken, Told, filled, labels
from app.imports.traces import Effect
from app.spreadsheets.registry import CONTACT, CUSTOMER, OF_CONTACT

SHOWN_IN_FULL = 50
"""Of so many rows that would be made it is told what they would hold."""


@dataclass
class Work:
    """A chunk's rows on their way, and what is known of them so far."""

    actor: Actor
    wanted: Import
    plan: Plan
    rehearsed: bool
    made: int

    def __post_init__(self) -> None:
        self.taken = Taken()
        self.told: dict[int, Told] = {}
        self.hosts: dict[int, UUID | None] = {}
        """In a file of contacts, the customer that a row names."""

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What the words of choices are called."""
        return labels(self.plan, self.actor.locale)

    @property
    def rules(self) -> Mapping[str, str]:
        """What is done with what is there, and with what is not."""
        return self.wanted.mapping

    def begin(self, rows: Sequence[Row]) -> None:
        """Expect to tell of these rows."""
        self.told = {row.number: Told(row) for row in rows}

    def created(self, row: Row, record_id: UUID | None, kind: str = CUSTOMER) -> None:
        """Note that a row has made a customer or product, or would."""
        self.taken.counts["created"] += 1
        self.told[row.number].add(SUCCEEDED, self._facts(row), record_id)
        self._affect(record_id, kind, row)

    def created_contact(
        self, row: Row, person: Row, contact_id: UUID | None, customer_id: UUID | None
    ) -> None:
        """Note that a row has made a contact, or would.

        :param person: the part of the row that tells of it: in a file of contacts the row itself
        """
        beside = person is not row
        self.taken.counts["contacts_created"] += 1
        facts = self._facts(person, OF_CONTACT if beside else "")
        self.told[row.number].add(SUCCEEDED, facts, customer_id if beside else contact_id)
        self._affect(contact_id, CONTACT, row)

    def _affect(self, record_id: UUID | None, kind: str, row: Row) -> None:
        if record_id:
            self.taken.effects.append(Effect(record_id=record_id, kind=kind, row=row.number))

    def _facts(self, row: Row, prefix: str = "") -> list[FieldProblem]:
        if not self.rehearsed or self.made + sum(self.taken.counts.values()) > SHOWN_IN_FULL:
            return []
        return [filled(f"{prefix}{name}", text) for name, text in row.texts.items()]
