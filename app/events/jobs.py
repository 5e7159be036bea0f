"""What jobs tell others."""

from dataclasses import dataclass
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class JobEnded(Event):
    """Nothing more will happen to a job: it succeeded, failed or was cancelled."""

    job_id: UUID
    kind: str
    title: str
    state: str
    created_by_id: UUID
    succeeded: int
    failed: int
    skipped: int
