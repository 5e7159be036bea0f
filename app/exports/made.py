"""Files that jobs make, by the kind of the job: what they end in, and who may take them away."""

from collections.abc import Callable
from dataclasses import dataclass

from app.access.permissions import Permission
from app.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Made:
    """What there is to know of the file of a job."""

    suffix: Callable[[Job], str]
    permission: Callable[[Job], Permission]
    """Without which nobody fetches it any more."""


_made: dict[str, Made] = {}


def register(kind: str, made: Made) -> None:
    """Say that jobs of a kind make a file."""
    _made[kind] = made


def of(kind: str) -> Made | None:
    """What jobs of a kind make; None: no file."""
    return _made.get(kind)
