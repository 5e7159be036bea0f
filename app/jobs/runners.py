"""Which code does which kind of job."""

from collections.abc import Mapping
from typing import Any, Protocol

from app.access.actor import Actor
from app.jobs.leases import Step
from app.jobs.models import Job


class Runner(Protocol):
    """The work of one kind of job, chunk by chunk."""

    def step(self, actor: Actor, job: Job, position: Mapping[str, Any]) -> Step:
        """Do the chunk that begins at `position`, and only that, without committing.

        :param actor: whoever started the job, with what they may do now; the product if the job is needed
        :raises DomainError: when the job cannot go on at all; it then fails with that code
        """

    def label(self, field: str, locale: str) -> str:
        """What people call a field that the messages of a row name; empty for the row as such."""


_runners: dict[str, Runner] = {}
_needed: set[str] = set()


def register(kind: str, runner: Runner, *, needed: bool = False) -> None:
    """Say who does jobs of this kind.

    :param needed: what somebody did is whole only with it: the product does it, whatever becomes of whoever
        asked, and nobody stops it
    """
    _runners[kind] = runner
    if needed:
        _needed.add(kind)


def is_needed(kind: str) -> bool:
    """Whether jobs of this kind go on whatever becomes of whoever asked for them."""
    return kind in _needed


def runner_of(kind: str) -> Runner:
    """Who does jobs of this kind.

    :raises KeyError: if nobody does
    """
    return _runners[kind]
