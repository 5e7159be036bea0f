"""Looking at what exports and printings have made."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.core import clock
from app.exports import made, storage
from app.jobs.models import Job, JobState


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file that waits to be fetched by whoever asked for it."""

    name: str
    size: int
    expires_at: datetime


def file_of(actor: Actor, job: Job) -> ExportFile | None:
    """The file of a job as its reader sees it: nobody but whoever asked for it, and while it is kept."""
    if made.of(job.kind) is None or job.created_by_id != actor.id or job.state != JobState.SUCCEEDED:
        return None
    if not job.position["size"]:
        return None  # Nothing was printed: nobody of those meant could be written to.
    if job.finished_at is None or clock.now() >= storage.kept_until(job.finished_at):
        return None
    return ExportFile(job.title, job.position["size"], storage.kept_until(job.finished_at))
