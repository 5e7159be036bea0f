"""Who may see and stop a job: whoever started it, and those whose permission reaches them."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.access.actor import Actor
from app.access.models import User
from app.access.permissions import Permission, Scope
from app.jobs import runners
from app.jobs.models import Job

_about: dict[str, Permission] = {}


def tells_of(kind: str, permission: Permission) -> None:
    """Say that jobs of this kind tell of records which one needs `permission` to read.

    Of others' jobs, one then sees no more than of such records.
    """
    _about[kind] = permission


def visible(actor: Actor) -> ColumnElement[bool]:
    """The jobs an actor may see."""
    kinds = [and_(Job.kind == kind, visible_through(actor, kind, Job.created_by_id)) for kind in _about]
    return or_(*kinds, and_(Job.kind.not_in(_about), visible_through(actor, "", Job.created_by_id)))


def visible_through(actor: Actor, kind: str, starter: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """What leads to jobs of one kind, as far as the actor may see these.

    :param starter: the column that says who started it
    """
    own = starter == actor.id
    needed = {Permission.JOB_READ, _about.get(kind, Permission.JOB_READ)}
    if not all(map(actor.may, needed)):
        return own
    scope = min(actor.grants[permission] for permission in needed)
    if scope is Scope.ALL:
        return true()
    departments = {Scope.DEPARTMENT: (actor.department_id,), Scope.SUBTREE: actor.department_ids}.get(
        scope, ()
    )
    colleagues = [department for department in departments if department is not None]
    if not colleagues:
        return own
    return or_(own, starter.in_(select(User.id).where(User.department_id.in_(colleagues))))


def may_cancel(actor: Actor, job: Job) -> bool:
    """Whether an actor may stop a job, be it still running or not."""
    if runners.is_needed(job.kind):
        return False
    return job.created_by_id == actor.id or actor.reaches(Permission.JOB_CANCEL, job)
