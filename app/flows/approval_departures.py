"""Whoever leaves the company leaves nothing waiting for their word."""

from app.approvals import timing
from app.core import clock
from app.core.events import on
from app.events.access import UserDisabled
from tenants import agenda


@on(UserDisabled)
def see_to_what_waits_for_them(_event: UserDisabled) -> None:
    """A worker goes through what is open: the rules of each flow say who decides instead."""
    agenda.note(timing.QUEUE, clock.now())
