"""Who may see and stop a job: whoever started it, and those whose permission reaches them."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.access.actor import Actor
from app.access.models import User
from app.access.permissions import Permission, Scope
from app.jobs.models import Job


def visible(actor: Actor, starter: InstrumentedAttribute[UUID] = Job.created_by_id) -> ColumnElement[bool]:
    """The jobs an actor may see.

    :param starter: the column that says who started it, of jobs or of what leads to them
    """
    own = starter == actor.id
    scope = actor.grants.get(Permission.JOB_READ)
    if scope is Scope.ALL:
        return true()
    departments = {Scope.DEPARTMENT: (actor.department_id,), Scope.SUBTREE: actor.department_ids}.get(
        scope or Scope.OWN, ()
    )
    colleagues = [department for department in departments if department is not None]
    if not colleagues:
        return own
    return or_(own, starter.in_(select(User.id).where(User.department_id.in_(colleagues))))


def may_cancel(actor: Actor, job: Job) -> bool:
    """Whether an actor may stop a job, be it still running or not."""
    return job.created_by_id == actor.id or actor.reaches(Permission.JOB_CANCEL, job)
