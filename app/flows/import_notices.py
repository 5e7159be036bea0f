"""An import has ended: whoever started it hears the bell."""

from app.core.events import on
from app.events.jobs import JobEnded
from app.imports.models import JOB_KIND, UNDO_KIND
from app.messaging import services as messaging

_BELLS = {
    JOB_KIND: {
        "succeeded": "import-finished", "failed": "import-failed", "cancelled": "import-cancelled",
    },
    UNDO_KIND: {
        "succeeded": "import-undone", "failed": "import-undo-stopped", "cancelled": "import-undo-stopped",
    },
}  # fmt: skip


@on(JobEnded)
def tell_whoever_started_it(event: JobEnded) -> None:
    """Ring once, with the result."""
    if event.kind not in _BELLS:
        return
    messaging.notify(
        event.created_by_id,
        _BELLS[event.kind][event.state],
        {
            "filename": event.title,
            "succeeded": event.succeeded,
            "failed": event.failed,
            "skipped": event.skipped,
        },
        link=f"/jobs/{event.job_id}",
        dedupe_key=f"job:{event.job_id}",
    )
