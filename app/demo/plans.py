"""What the first demo company plans to spend: last quarter's budgets, copied to this one and looked after since."""

from datetime import date, timedelta

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import Department
from app.budgets import services
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.expense_kinds.models import ExpenseKind

_PLANS = (
    ("公司季度费用", None, None, 60_000, "warn", "所有部门、所有类型"),
    ("销售中心季度费用", "销售中心", None, 36_000, "warn", None),
    ("华东大区差旅与招待", "华东大区", None, 8_000, "warn", None),
    ("华南大区差旅与招待", "华南大区", None, 12_000, "warn", "含广州工业展"),
    ("西部大区差旅与招待", "西部大区", None, 6_000, "warn", "路程远，机票占一半"),
    ("销售中心礼品", "销售中心", "礼品", 3_000, "stop", "超过要先调预算"),
)


def plan(administrator: Actor) -> None:
    """Budgets of the quarter before this one and of this one."""
    with unit_of_work():
        departments = {one.name: one.id for one in db.session.scalars(select(Department))}
        kinds = {one.name: one.id for one in db.session.scalars(select(ExpenseKind))}
    first, last = _quarter_before(clock.now().astimezone(administrator.zone).date())
    with clock.pretending(clock.now() - timedelta(days=61)), unit_of_work():
        for name, department, kind, yuan, mode, note in _PLANS:
            wanted = {
                "name": name,
                "department_id": departments[department] if department else None,
                "kind_id": kinds[kind] if kind else None,
                "first_day": first,
                "last_day": last,
                "currency": "CNY",
                "amount": yuan * 100,
                "mode": mode,
                "note": note,
            }
            services.create(administrator, wanted)
        services.copy(administrator, first_day=first, last_day=last)


def _quarter_before(today: date) -> tuple[date, date]:
    begun = date(today.year, today.month - (today.month - 1) % 3, 1)
    last = begun - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last
