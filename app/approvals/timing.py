"""The clock of a step: when those who decide are reminded, and when it has taken too long."""

from datetime import datetime, timedelta

from app.approvals.definitions import Asking, Span
from app.approvals.models import Step
from app.approvals.states import StepState
from app.core import clock
from app.workdays import models as workdays
from tenants import agenda

QUEUE = "approvals"
_UNITS = {"hours": timedelta(hours=1), "days": timedelta(days=1)}


def after(start: datetime, span: Span) -> datetime:
    """The moment at which a stretch of time is over, by the clock or by the company's working time."""
    if span.unit in _UNITS:
        return start + span.amount * _UNITS[span.unit]
    week = workdays.week()
    if span.unit == "working-days":
        return week.after_days(start, span.amount)
    return week.after_hours(start, timedelta(hours=span.amount))


def before(end: datetime, span: Span) -> datetime:
    """The moment at which a stretch of time begins that is over by another."""
    if span.unit in _UNITS:
        return end - span.amount * _UNITS[span.unit]
    week = workdays.week()
    if span.unit == "working-days":
        return week.before_days(end, span.amount)
    return week.before_hours(end, timedelta(hours=span.amount))


def set_clock(step: Step, node: Asking) -> None:
    """Start the clock of a step that people have been asked at, if it was drawn with one."""
    if node.timeout is None or step.state != StepState.OPEN:
        return
    step.due_at = after(clock.now(), node.timeout.span)
    agenda.note(QUEUE, step.due_at)
    if node.timeout.remind is not None:
        remind_at = before(step.due_at, node.timeout.remind)
        if remind_at > clock.now():
            step.remind_at = remind_at
            agenda.note(QUEUE, remind_at)
