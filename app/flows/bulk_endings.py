"""A bulk action has ended: whoever asked for it hears the bell, unless it was over at once and all well."""

from app.bulk_actions import services, tidying
from app.bulk_actions.kinds import JOB_KINDS
from app.core.events import on
from app.events.jobs import JobEnded
from app.jobs.models import JobState
from app.messaging import services as messaging

_BELLS = {"succeeded": "bulk-finished", "failed": "bulk-failed", "cancelled": "bulk-cancelled"}
_OVER_AT_ONCE = 200
"""So few records are done while one still looks at them."""


@on(JobEnded)
def tell_whoever_asked(event: JobEnded) -> None:
    """Ring once, with the result."""
    if event.kind not in JOB_KINDS:
        return
    done = event.succeeded + event.failed + event.skipped
    if event.state == JobState.SUCCEEDED and event.failed == 0 and done <= _OVER_AT_ONCE:
        return
    messaging.notify(
        event.created_by_id,
        _BELLS[event.state],
        {
            "title": event.title,
            "succeeded": event.succeeded,
            "failed": event.failed,
            "skipped": event.skipped,
        },
        link=f"/jobs/{event.job_id}",
        dedupe_key=f"job:{event.job_id}",
    )


@on(JobEnded)
def open_what_was_not_taken_back(event: JobEnded) -> None:
    """An undo that was stopped can be asked for again."""
    if event.kind in JOB_KINDS and event.state != JobState.SUCCEEDED:
        services.undo_stopped(event.job_id)


@on(JobEnded)
def forget_in_time(event: JobEnded) -> None:
    """What was exchanged is kept for as long as it can be put back."""
    if event.kind in JOB_KINDS:
        tidying.note()
