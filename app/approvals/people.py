"""Who is meant by the rules of a flow: the company as it stands when a step is arrived at.

Departments and their heads are read once; everything else with a number of statements that does not grow with
how many people a rule names.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.models import Department, DepartmentHead, User, UserRole, UserState
from app.approvals.definitions import Who
from app.approvals.models import Absence
from app.core import clock
from app.core.db import db

_COLLEAGUE = (User.id, User.name, User.state, User.department_id.label("works_in"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """A user, as far as rules ask."""

    id: UUID
    name: str
    department_id: UUID | None
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """For whose approval people are looked for."""

    kind: str
    submitter_id: UUID
    owner_id: UUID | None
    collaborator_ids: tuple[UUID, ...]
    chosen: Sequence[UUID] = ()
    """Whom the submitter has chosen for the node that is asked about."""
    deciders: Sequence[UUID] = ()
    """Who decided at the earlier node that the rule names."""


class Company:
    """The company's people, for one stretch of work."""

    def __init__(self) -> None:
        self._known: dict[UUID, Colleague | None] = {}

    @cached_property
    def _parents(self) -> dict[UUID, UUID | None]:
        rows = db.session.execute(select(Department.id, Department.parent_id))
        return {row.id: row.parent_id for row in rows}

    @cached_property
    def _heads(self) -> dict[UUID, list[UUID]]:
        found: dict[UUID, list[UUID]] = {}
        rows = (
            select(DepartmentHead.department_id, *_COLLEAGUE)
            .join(User, (User.tenant_id == DepartmentHead.tenant_id) & (User.id == DepartmentHead.user_id))
            .order_by(User.name_key, User.id)
        )
        for row in db.session.execute(rows):
            self._learn([row])
            found.setdefault(row[0], []).append(row.id)
        return found

    def _learn(self, users: Iterable[Any]) -> None:
        for user in users:
            active = user.state == UserState.ACTIVE
            self._known[user.id] = Colleague(user.id, user.name, user.works_in, active)

    def of(self, user_ids: Iterable[UUID]) -> dict[UUID, Colleague]:
        """Those of these colleagues whom the company has, in their order."""
        wanted = list(dict.fromkeys(user_ids))
        missing = [one for one in wanted if one not in self._known]
        if missing:
            self._known.update(dict.fromkeys(missing))
            self._learn(db.session.execute(select(*_COLLEAGUE).where(User.id.in_(missing))))
        return {one: found for one in wanted if (found := self._known[one]) is not None}

    def is_active(self, user_id: UUID) -> bool:
        """Whether somebody works here and may enter."""
        found = self.of([user_id]).get(user_id)
        return found is not None and found.active

    def departments_of(self, user_id: UUID) -> list[UUID]:
        """The department somebody works in and all above it, the own first."""
        found = self.of([user_id]).get(user_id)
        return list(self._up(found.department_id if found else None))

    def _up(self, department_id: UUID | None) -> Iterator[UUID]:
        seen: set[UUID] = set()
        while department_id is not None and department_id not in seen:
            yield department_id
            seen.add(department_id)
            department_id = self._parents.get(department_id)

    def heads_of(self, department_id: UUID) -> list[UUID]:
        """Who leads a department, those among them who may not enter left out."""
        return [one for one in self._heads.get(department_id, ()) if self.is_active(one)]

    def superiors(self, user_id: UUID) -> Iterator[list[UUID]]:
        """The heads above somebody, level by level; a department that they lead themselves is no level."""
        heads = self._heads
        for department_id in self.departments_of(user_id):
            level = self.heads_of(department_id)
            if level and user_id not in heads.get(department_id, ()):
                yield level

    def in_role(self, role_id: UUID) -> list[UUID]:
        """The active colleagues who have a role, by name."""
        users = db.session.execute(
            select(*_COLLEAGUE)
            .join(UserRole, (UserRole.tenant_id == User.tenant_id) & (UserRole.user_id == User.id))
            .where(UserRole.role_id == role_id, User.state == UserState.ACTIVE)
            .order_by(User.name_key, User.id)
        ).all()
        self._learn(users)
        return [user.id for user in users]

    def absences(self, user_ids: Iterable[UUID], kind: str) -> dict[UUID, UUID | None]:
        """Those of these colleagues who are away now for a kind of subject, with who stands in."""
        at = clock.now()
        rows = db.session.scalars(
            select(Absence)
            .where(
                Absence.user_id.in_(list(user_ids)),
                Absence.ends_at > at,
                Absence.starts_at <= at,
            )
            .order_by(Absence.starts_at, Absence.id)
        )
        return {one.user_id: one.delegate_id for one in rows if not one.kinds or kind in one.kinds}


def meant(rules: Sequence[Who], about: About, company: Company) -> list[UUID]:
    """Whom rules name, each once, in their order; those who may not enter are among them."""
    found: list[UUID] = []
    for rule in rules:
        found.extend(_RULES[rule.by](rule, about, company))
    return list(company.of(found))


def _in_role(rule: Who, about: About, company: Company) -> list[UUID]:
    assert rule.id is not None  # noqa: S101  (narrows the type: such a rule names its role)
    holders = company.in_role(rule.id)
    if rule.within == "company":
        return holders
    working = company.of(holders)
    for department_id in company.departments_of(about.submitter_id):
        near = [one for one in holders if working[one].department_id == department_id]
        if near:
            return near
    return []


def _heads(rule: Who, about: About, company: Company) -> list[UUID]:
    if rule.id is not None:
        return company.heads_of(rule.id)
    own = company.departments_of(about.submitter_id)[:1]
    return company.heads_of(own[0]) if own else []


def _manager(rule: Who, about: About, company: Company) -> list[UUID]:
    levels = list(company.superiors(about.submitter_id))
    return levels[rule.level - 1] if len(levels) >= rule.level else []


def _managers(rule: Who, about: About, company: Company) -> list[UUID]:
    levels = list(company.superiors(about.submitter_id))
    return [level[0] for level in levels[: rule.up_to]]


_RULES: dict[str, Callable[[Who, About, Company], list[UUID]]] = {
    "people": lambda rule, _about, _company: list(rule.ids),
    "role": _in_role,
    "department-head": _heads,
    "manager": _manager,
    "managers": _managers,
    "choice": lambda _rule, about, _company: list(about.chosen),
    "owner": lambda _rule, about, _company: [about.owner_id] if about.owner_id else [],
    "collaborators": lambda _rule, about, _company: list(about.collaborator_ids),
    "earlier": lambda _rule, about, _company: list(about.deciders),
    "submitter": lambda _rule, about, _company: [about.submitter_id],
}
