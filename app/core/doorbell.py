"""Telling the workers that rows are waiting for them, without knowing who they are.

A bell may be lost: what is to be done is rows in the database, and a sweep finds them. So a broker that
is down is noted and nothing more.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from app.core.uow import after_commit

log = structlog.get_logger(__name__)

Argument = str | int | bool
Ringer = Callable[[str, dict[str, Argument]], None]


class BellSilent(Exception):
    """The broker did not take the bell."""


def _nobody(task: str, _arguments: dict[str, Argument]) -> None:
    log.debug("bell.nobody", task=task)


_ringer: Ringer = _nobody


def hang(ringer: Ringer) -> None:
    """Say how bells are rung; called once, by whoever knows the workers."""
    global _ringer  # noqa: PLW0603
    _ringer = ringer


@dataclass(frozen=True, slots=True)
class _Bell:
    task: str
    arguments: tuple[tuple[str, Argument], ...]

    def __call__(self) -> None:
        try:
            _ringer(self.task, dict(self.arguments))
        except BellSilent as error:
            log.warning("bell.silent", task=self.task, error=str(error))


def ring_after_commit(task: str, **arguments: Argument) -> None:
    """Have a worker run `task` once this unit of work has committed; equal bells ring once."""
    after_commit(_Bell(task, tuple(sorted(arguments.items()))))
