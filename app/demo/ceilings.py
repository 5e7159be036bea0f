"""What the first demo company lets its people spend on hotels and on meals with customers."""

from datetime import timedelta

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import Role
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.expense_kinds.models import ExpenseKind
from app.expense_limits import services

DAYS = 14
"""How long ago they were set."""
_LARGE = ["北京", "上海", "广州", "深圳"]


def set_limits(administrator: Actor) -> None:
    """Limits per kind: hotels by city, meals with customers everywhere."""
    with clock.pretending(clock.now() - timedelta(days=DAYS)), unit_of_work():
        kinds = {kind.name: kind.id for kind in db.session.scalars(select(ExpenseKind))}
        sales = db.session.scalars(select(Role.id).where(Role.code == "sales")).one()
        for kind, yuan, per, mode, where in (
            ("住宿", 500, "day", "stop", {"role_ids": [sales], "cities": _LARGE}),
            ("住宿", 350, "day", "warn", {"role_ids": [], "cities": []}),
            ("餐饮招待", 800, "line", "warn", {"role_ids": [], "cities": []}),
        ):
            wanted = {
                "kind_id": kinds[kind],
                "amount": yuan * 100,
                "currency": "CNY",
                "per": per,
                "mode": mode,
            }
            services.create(administrator, {**wanted, **where})
