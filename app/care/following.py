"""How plans outlast what they point to."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import case, update

from app.care.models import CareRunStep
from app.care.states import StepState
from app.core.db import db


def tasks_gone(task_ids: Collection[UUID]) -> None:
    """Tasks are removed for ever: what was still to be done will not be."""
    open_still = CareRunStep.state == StepState.UNDER_WAY
    db.session.execute(
        update(CareRunStep)
        .where(CareRunStep.task_id.in_(task_ids))
        .values(task_id=None, state=case((open_still, StepState.SKIPPED.value), else_=CareRunStep.state))
        .execution_options(synchronize_session=False)
    )
