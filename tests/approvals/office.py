"""A company whose people approve: departments under departments, and someone for each part.

澄川 (boss leads it; admin, fang in finance)
  销售部 (zhou leads it)
    华东组 (captain leads it; lin, chen, shen)
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access import actors
from app.access.actor import Actor
from app.access.models import Department, DepartmentHead, Role, User, UserRole, UserState
from app.approvals import queries
from app.approvals.cards.around import around
from app.approvals.flow_models import ApprovalFlow
from app.approvals.models import Approval, Seat
from app.approvals.services import deciding, flows, submitting
from app.approvals.services.deciding import Word
from app.approvals.states import Decision, SeatState
from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from app.core.uow import unit_of_work
from tenants import provisioning
from tenants.context import tenant_scope
from tests.approvals.papers import KIND, Paper, paper
from tests.support.client import Company

_logins = count(1)
PEOPLE = ("boss", "zhou", "captain", "lin", "chen", "shen", "fang")


@dataclass
class Office:
    """A company, its people by name, and what they do with papers."""

    company: Company
    tenant_id: int
    ids: dict[str, UUID] = field(default_factory=dict)
    departments: dict[str, UUID] = field(default_factory=dict)
    roles: dict[str, UUID] = field(default_factory=dict)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Within the company's walls, for one transaction."""
        with self.company.app.app_context(), tenant_scope(self.tenant_id), unit_of_work():
            yield

    def actor(self, name: str) -> Actor:
        """Somebody with what they may do."""
        return actors.load(self.ids[name], access_version=0, state="active")

    def name(self, user_id: UUID) -> str:
        """What somebody is called here."""
        return next(name for name, known in self.ids.items() if known == user_id)

    def publish(self, *nodes: Mapping[str, Any], **more: Any) -> UUID:
        """Put a flow for papers in force, instead of the one that was."""
        with self.inside():
            boss = self.actor("admin")
            for other in db.session.scalars(select(ApprovalFlow).where(ApprovalFlow.state == "published")):
                flows.retire(boss, other)
            flow = flows.create(boss, kind=KIND, name="用印", **more.pop("flow", {}))
            flows.draw(boss, flow, {"nodes": list(nodes), **more})
            flows.publish(boss, flow)
            return flow.id

    def submit(self, by: str = "lin", of: Paper | None = None, **chosen: list[UUID]) -> UUID:
        """Somebody submits a paper."""
        of = of or paper()
        with self.inside():
            return submitting.submit(self.actor(by), KIND, of.id, chosen=chosen).id

    def say(self, name: str, approval_id: UUID, decision: str = "approve", **more: Any) -> None:
        """Somebody decides on the seat that is theirs."""
        if decision != "approve":
            more.setdefault("comment", "理由")
        with self.inside():
            actor = self.actor(name)
            seat = queries.open_seat_of(actor, approval_id)
            assert seat is not None, f"{name} is not asked"
            running, seat = queries.own_seat(actor, seat.id)
            deciding.decide(actor, running, seat, Word(decision=Decision(decision), **more))

    def say_on(self, seat_id: UUID, name: str, word: Word) -> None:
        """Somebody decides on a certain seat."""
        with self.inside():
            actor = self.actor(name)
            deciding.decide(actor, *queries.own_seat(actor, seat_id), word)

    def move(self, name: str, approval_id: UUID, deed: Any, *args: Any, **more: Any) -> None:
        """Somebody does something with the seat that is theirs."""
        with self.inside():
            actor = self.actor(name)
            seat = queries.open_seat_of(actor, approval_id)
            assert seat is not None, f"{name} is not asked"
            running, seat = queries.own_seat(actor, seat.id)
            deed(actor, running, seat, *args, **more)

    def steer(self, name: str, approval_id: UUID, deed: Any, *args: Any, **more: Any) -> None:
        """Somebody does something with an approval that they see."""
        with self.inside():
            actor = self.actor(name)
            deed(actor, queries.running(actor, approval_id), *args, **more)

    def asked(self, approval_id: UUID) -> list[str]:
        """Whose turn it is, by name in alphabetical order."""
        with self.inside():
            open_ones = select(Seat.user_id).where(
                Seat.approval_id == approval_id, Seat.state == SeatState.OPEN
            )
            return sorted(self.name(one) for one in db.session.scalars(open_ones))

    def state(self, approval_id: UUID) -> str:
        """How far an approval has come."""
        with self.inside():
            return db.session.scalars(select(Approval.state).where(Approval.id == approval_id)).one()

    def stuck(self, approval_id: UUID) -> bool:
        """Whether an administrator must see to it."""
        with self.inside():
            of_it = select(Approval.stuck_since).where(Approval.id == approval_id)
            return db.session.scalars(of_it).one() is not None

    def history(self, approval_id: UUID) -> list[tuple[str, str | None, str | None]]:
        """The lines of its history: what, where, by whom."""
        with self.inside():
            approval = db.session.scalars(select(Approval).where(Approval.id == approval_id)).one()
            return [
                (line.action, line.step, self.name(line.by_id) if line.by_id else None)
                for line in around(approval).log
            ]

    def disable(self, name: str) -> None:
        """Somebody may not enter any more."""
        with self.inside():
            user = db.session.scalars(select(User).where(User.id == self.ids[name])).one()
            user.state = UserState.DISABLED


def open_office(company: Company) -> Office:
    """The office in a company that has just been signed up."""
    office = Office(company, company.tenant_id, {"admin": UUID(company.user_id)})
    with office.inside():
        root = db.session.scalars(select(Department)).one()
        office.departments["root"] = root.id
        for name, above in (("sales", "root"), ("east", "sales")):
            office.departments[name] = _department(name, office.departments[above])
        where = dict.fromkeys(PEOPLE, "east") | {"boss": "root", "zhou": "sales", "fang": "root"}
        for name in PEOPLE:
            office.ids[name] = _user(name, office.departments[where[name]])
        heads = {"root": "boss", "sales": "zhou", "east": "captain"}
        for at, head in heads.items():
            db.session.add(DepartmentHead(department_id=office.departments[at], user_id=office.ids[head]))
        for role in db.session.scalars(select(Role)):
            office.roles[role.code or role.name] = role.id
        held = {**dict.fromkeys(PEOPLE, "sales"), "fang": "finance", "boss": "manager", "zhou": "manager"}
        db.session.flush()
        for name, code in held.items():
            db.session.add(UserRole(user_id=office.ids[name], role_id=office.roles[code]))
    return office


def _department(name: str, parent_id: UUID) -> UUID:
    made = Department(id=new_id(), name=name, parent_id=parent_id, created_at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made.id


def _user(name: str, department_id: UUID) -> UUID:
    login = f"office{next(_logins)}.{name}@example.com"
    person = provisioning.create_person(login, name=name, password_hash="none", locale="zh-CN")
    user = User.joining(
        person_id=person.id, login=login, name=name, department_id=department_id, at=clock.now()
    )
    db.session.add(user)
    db.session.flush()
    return user.id


def approve(node_id: str, *who: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A node where people approve."""
    return {"id": node_id, "type": "approve", "name": node_id, "who": list(who), **more}


def people(*ids: UUID) -> dict[str, Any]:
    """The rule that names people."""
    return {"by": "people", "ids": [str(one) for one in ids]}


def arm(arm_id: str, *nodes: Mapping[str, Any], when: Any = None) -> dict[str, Any]:
    """A way of a branch or a parallel."""
    return {"id": arm_id, "name": arm_id, "nodes": list(nodes), **({"when": when} if when else {})}


def branch(node_id: str, *arms: Mapping[str, Any]) -> dict[str, Any]:
    """A branch."""
    return {"id": node_id, "type": "branch", "name": node_id, "arms": list(arms)}


def parallel(node_id: str, *arms: Mapping[str, Any]) -> dict[str, Any]:
    """A parallel."""
    return {"id": node_id, "type": "parallel", "name": node_id, "arms": list(arms)}
