"""The clock of a step: when those who decide are reminded, and when it has taken too long."""

from datetime import timedelta

from app.approvals.definitions import Asking, Span
from app.approvals.models import Step
from app.approvals.states import StepState
from app.core import clock
from tenants import agenda

QUEUE = "approvals"
_UNITS = {"hours": timedelta(hours=1), "days": timedelta(days=1)}


def length(span: Span) -> timedelta:
    """How long a stretch of time is."""
    return span.amount * _UNITS[span.unit]


def set_clock(step: Step, node: Asking) -> None:
    """Start the clock of a step that people have been asked at, if it was drawn with one."""
    if node.timeout is None or step.state != StepState.OPEN:
        return
    step.due_at = clock.now() + length(node.timeout.span)
    agenda.note(QUEUE, step.due_at)
    if node.timeout.remind is not None:
        remind_at = step.due_at - length(node.timeout.remind)
        if remind_at > clock.now():
            step.remind_at = remind_at
            agenda.note(QUEUE, remind_at)
