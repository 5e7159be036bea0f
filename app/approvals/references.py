"""What is wrong with a flow, asked of the company as it is."""

from sqlalchemy import select

from app.access.models import Department, Role, User, UserState
from app.approvals import checking
from app.approvals.checking import Known, Problem
from app.approvals.definitions import Definition
from app.approvals.kinds import SubjectKind, fields_of, kind_of
from app.core.db import db


def problems_of(kind: str, definition: Definition) -> list[Problem]:
    """What is wrong with a flow of a kind of subject."""
    return problems_for(kind_of(kind), definition)


def problems_for(of: SubjectKind, definition: Definition) -> list[Problem]:
    """The same for a kind that may be about to become so."""
    users, roles, departments = checking.named(definition)
    active = select(User.id).where(User.id.in_(users), User.state == UserState.ACTIVE)
    there = select(Role.id).where(Role.id.in_(roles))
    open_ones = select(Department.id).where(Department.id.in_(departments))
    known = Known(
        fields=fields_of(of),
        shown=frozenset(of.shown),
        editable=frozenset(of.editable),
        users=frozenset(db.session.scalars(active)) if users else frozenset(),
        roles=frozenset(db.session.scalars(there)) if roles else frozenset(),
        departments=frozenset(db.session.scalars(open_ones)) if departments else frozenset(),
    )
    return checking.problems(definition, known)
