"""A file was made, or not: whoever asked hears the bell, and what came to nothing leaves nothing behind."""

from app.core.events import on
from app.core.uow import after_commit
from app.events.jobs import JobEnded
from app.exports import storage
from app.exports.models import JOB_KIND
from app.jobs.models import JobState
from app.letters.printing import KIND as LETTERS
from app.messaging import services as messaging
from tenants import current

_BELLS = {
    JOB_KIND: {"succeeded": "export-finished", "failed": "export-failed", "cancelled": "export-cancelled"},
    LETTERS: {"succeeded": "letters-finished", "failed": "letters-failed", "cancelled": "letters-cancelled"},
}


@on(JobEnded)
def tell_and_tidy(event: JobEnded) -> None:
    """Ring once; without a file to fetch, remove what had been written."""
    if event.kind not in _BELLS:
        return
    if event.state != JobState.SUCCEEDED:
        slug, job_id = current.slug(), event.job_id
        after_commit(lambda: storage.discard(slug, job_id))
    messaging.notify(
        event.created_by_id,
        _BELLS[event.kind][event.state],
        {"filename": event.title, "succeeded": event.succeeded, "skipped": event.skipped},
        link=f"/jobs/{event.job_id}",
        dedupe_key=f"job:{event.job_id}",
    )
