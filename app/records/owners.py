"""Records belong to the department of their owner."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.core.db import db


def bring_along(model: type[Any], owner_id: UUID, department_id: UUID | None, *, most: int) -> int:
    """Let at most so many of somebody's records follow them into their department; returns how many did.

    :param model: of records with an owner and a department
    """
    elsewhere = (
        select(model.id)
        .where(model.owner_id == owner_id, model.department_id.is_distinct_from(department_id))
        .order_by(model.id)
        .limit(most)
        .with_for_update()
        # Read once: within the update itself it would begin anew behind what was just written.
        .cte("elsewhere")
    )
    followed = db.session.execute(
        update(model)
        .where(model.id.in_(select(elsewhere.c.id)))
        .values(department_id=department_id)
        .execution_options(synchronize_session=False)
    )
    return int(followed.rowcount)  # type: ignore[attr-defined]
