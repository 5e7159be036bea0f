"""The contacts that rows tell of: beside their customers, or in files of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.contacts import bulk
from app.contacts import queries as contacts
from app.core.errors import FieldProblem
from app.core.search import fold
from app.customers import queries as customers
from app.imports import drafting, mapping, matching, revisions, traces
from app.imports.plan import Row
from app.imports.results import FAILED, SKIPPED
from app.imports.work import Work
from app.jobs.models import Outcome
from app.spreadsheets.registry import CONTACT, OF_CONTACT

Key = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class Target:
    """A row with a contact, and the customer that the contact is at."""

    row: Row
    customer_id: UUID | None
    """None: at none, or at one that is not made because all this is only tried out."""
    new: bool = False
    """Whether the customer comes in with the contact."""

    @property
    def person(self) -> Row:
        """The part of the row that tells of the contact."""
        return self.row.contact or self.row

    @property
    def host(self) -> object:
        """What tells the customer from others within the chunk."""
        return self.customer_id or (fold(self.row.name) if self.new else None)


def join(work: Work, targets: Sequence[Target]) -> None:
    """Bring in the contacts beside customers."""
    if targets:
        _Joining(work, OF_CONTACT).join(targets)


def take(work: Work, rows: Sequence[Row]) -> None:
    """Bring in the rows of a file of contacts."""
    work.begin(rows)
    hosts = customers.named(
        work.actor, {str(row.values["customer"]) for row in rows if "customer" in row.values}
    )
    by_id = work.rules.get("match_by") == matching.ID
    joining = _Joining(work, "")
    targets = []
    for row in rows:
        host = _host(row, hosts)
        if isinstance(host, FieldProblem) and not by_id:
            row.problems.append(host)
        work.hosts[row.number] = None if isinstance(host, FieldProblem) else host
        targets.append(target_of(work, row))
    if by_id:
        found = contacts.visible_ids(
            work.actor, {UUID(row.values["id"]) for row in rows if "id" in row.values}
        )
        joining.join(targets, found)
    else:
        joining.join(targets)


def _host(row: Row, hosts: "dict[str, list[UUID]]") -> UUID | FieldProblem | None:
    name = str(row.values.get("customer", ""))
    if not name:
        return None
    found = hosts.get(fold(name), [])
    if len(found) > 1:
        return FieldProblem("customer", "ambiguous-customer", (("count", len(found)),))
    return found[0] if found else FieldProblem("customer", "customer-not-found", (("value", name[:100]),))


class _Joining:
    """Contacts of a chunk: some are made, some changed, some left as they are."""

    def __init__(self, work: Work, prefix: str) -> None:
        self.work, self.prefix = work, prefix
        self.updates = work.rules["on_duplicate"] == mapping.UPDATE
        # Beside customers a contact is made once, whatever the rule for customers.
        self.makes_twice = not prefix and work.rules["on_duplicate"] == mapping.CREATE
        self.fresh: list[Target] = []
        self.revised: dict[UUID, Row] = {}

    def join(self, targets: Sequence[Target], by_id: "set[UUID] | None" = None) -> None:
        """Sort them out and do it."""
        existing = {} if by_id is not None else self._existing(targets)
        above = self._above(targets, by_id or {one for found in existing.values() for one in found})
        taken: set[Key] = set()
        for target in targets:
            person = target.person
            key = (target.host, fold(person.name))
            found = existing.get(key, [])
            if by_id is not None and "id" in person.values:
                found = [one for one in [UUID(person.values["id"])] if one in by_id]
            twice = key_of(target) in above or any(one in above for one in found) or key in taken
            if found and self.updates:
                self._revise(target, found, twice=twice)
            elif self._may_make(target, found, twice=twice):
                taken.add(key)
                self.fresh.append(target)
        self._make()
        revisions.revise_contacts(self.work, self.revised, prefix=self.prefix)

    def _existing(self, targets: Sequence[Target]) -> Mapping[tuple[Any, str], list[UUID]]:
        names = {target.person.name for target in targets if target.customer_id or not target.new}
        hosts = {target.customer_id for target in targets if target.customer_id}
        return contacts.named(self.work.actor, names, hosts)

    def _above(self, targets: Sequence[Target], ids: "set[UUID]") -> "set[object]":
        """Contacts, or keys of contacts, that rows of earlier chunks have made or changed."""
        if self.work.rehearsed:
            return {*traces.seen(self.work.wanted, CONTACT, {key_of(target) for target in targets})}
        return {*traces.touched(self.work.wanted, ids)}

    def _revise(self, target: Target, found: Sequence[UUID], *, twice: bool) -> None:
        if len(found) > 1:
            problem = FieldProblem("row", "ambiguous-contact", (("count", len(found)),))
            self._tell(target, FAILED, [problem])
        elif twice or found[0] in self.revised:
            self._skip(target, "contact-twice-in-file", found[0])
        else:
            self.revised[found[0]] = target.row

    def _may_make(self, target: Target, found: Sequence[UUID], *, twice: bool) -> bool:
        """Whether a row makes a contact; if not, it is told why."""
        problems = [] if self.prefix else target.row.all_problems
        if problems:
            self._tell(target, FAILED, problems)
            return False
        if self.makes_twice:
            return True
        left_out = not self.prefix and self.work.rules.get("on_missing") == mapping.SKIP
        code = (
            "contact-twice-in-file" if twice
            else "contact-exists" if found
            else "contact-missing" if left_out
            else ""
        )  # fmt: skip
        if code:
            self._skip(target, code, found[0] if found else None)
        return not code

    def _skip(self, target: Target, code: str, contact_id: UUID | None) -> None:
        self._tell(target, SKIPPED, [FieldProblem("row", code)], contact_id)

    def _tell(
        self, target: Target, outcome: Outcome, said: Sequence[FieldProblem], contact_id: UUID | None = None
    ) -> None:
        record_id = target.customer_id if self.prefix else contact_id
        self.work.told[target.row.number].add(outcome, said, record_id)

    def _make(self) -> None:
        if not self.fresh:
            return
        work = self.work
        drafts = [drafting.contact(one.person, one.customer_id) for one in self.fresh]
        outcomes: list[UUID | tuple[FieldProblem, ...] | None]
        if work.rehearsed:
            found = bulk.check_many(work.actor, drafts, coming=bool(self.prefix))
            outcomes = [problems or None for problems in found]
        else:
            outcomes = [*bulk.create_many(work.actor, drafts)]
        for target, outcome in zip(self.fresh, outcomes, strict=True):
            if isinstance(outcome, tuple):
                said = drafting.beside(outcome) if self.prefix else outcome
                self._tell(target, FAILED, said)
            else:
                work.created_contact(target.row, target.person, outcome, target.customer_id)


def key_of(target: Target) -> str:
    """What a contact is told by from rows of other chunks."""
    host = fold(target.row.name) if target.row.contact else target.customer_id or ""
    return f"{host} {fold(target.person.name)}"[: traces.LONGEST_KEY]


def target_beside(row: Row) -> Target:
    """The contact of a row of customers, as rows of other chunks may speak of it."""
    return Target(row, None, new=True)


def target_of(work: Work, row: Row) -> Target:
    """The contact that a row of a file of contacts is."""
    return Target(row, work.hosts.get(row.number))
