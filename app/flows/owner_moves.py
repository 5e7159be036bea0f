"""What somebody owns belongs to the department they work in, wherever they go.

Little goes along at once. Whoever owns much is followed by a job: tens of thousands of records take longer to
rewrite than a request may.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User
from app.activities.models import Activity
from app.advances.models import Advance
from app.assets.models import Asset
from app.contacts.models import Contact
from app.core.db import db
from app.core.events import on
from app.customers.models import Customer
from app.events.access import UserMoved
from app.expense_requests.models import ExpenseRequest
from app.expenses.models import ExpenseClaim
from app.jobs import asker, runners
from app.jobs import services as jobs
from app.jobs.leases import Step
from app.jobs.models import Job
from app.purchases.models import Purchase
from app.quotes.models import Quote
from app.records import owners
from app.service_records.models import ServiceRecord
from app.tasks.models import Task

JOB_KIND = "owner-move"
AT_ONCE = 500
"""How many records of each kind go along in the request."""
CHUNK = 2000
# Claims before the requests and advances they draw on: they are locked in the same order everywhere.
_OWNED: tuple[type[Any], ...] = (
    Customer, Contact, Activity, Task, Quote, Asset, ServiceRecord, Purchase, ExpenseClaim,
    ExpenseRequest, Advance,
)  # fmt: skip


@on(UserMoved)
def take_along(event: UserMoved) -> None:
    """Let what a user owns follow into another department; the trail tells of the user."""
    followed = [
        owners.bring_along(model, event.user_id, event.department_id, most=AT_ONCE) for model in _OWNED
    ]
    if AT_ONCE in followed:
        params = {"user_id": str(event.user_id)}
        jobs.enqueue(asker.present(event.moved_by_id), JOB_KIND, title=event.name, params=params)


class OwnerMove:
    """The runner: kind after kind of records, a stretch at a time."""

    def step(self, _actor: Actor, job: Job, position: Mapping[str, Any]) -> Step:
        """Do the next stretch."""
        user_id, place = UUID(job.params["user_id"]), position.get("place", 0)
        # Nobody moves them meanwhile: all of a stretch goes where they are.
        whereabouts = select(User.department_id).where(User.id == user_id).with_for_update(read=True)
        department_id = db.session.scalars(whereabouts).one()
        if owners.bring_along(_OWNED[place], user_id, department_id, most=CHUNK) < CHUNK:
            place += 1
        return Step(position={"place": place}, finished=place == len(_OWNED))

    def label(self, _field: str, _locale: str) -> str:
        """Nothing: no row has anything to say."""
        return ""


# What would stay behind would go on belonging to a department that has nothing to do with it any more.
runners.register(JOB_KIND, OwnerMove(), needed=True)
