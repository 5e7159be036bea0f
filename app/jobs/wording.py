"""What jobs say to people, in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.errors import FieldProblem
from app.core.messages import say
from app.jobs.models import Job, JobRow
from app.jobs.runners import runner_of


def messages(kind: str, row: JobRow, locale: str) -> list[str]:
    """What is to be said about a row, a sentence each."""
    return [_sentence(kind, message, locale) for message in row.messages]


def error(job: Job, locale: str) -> str | None:
    """Why a job failed, if it did."""
    return say(job.error["code"], locale, **job.error["facts"]) if job.error else None


def problems(found: Iterable[FieldProblem]) -> list[dict[str, Any]]:
    """Field problems as the messages of a row keep them."""
    return [{"field": p.field, "code": p.code, "facts": dict(p.facts)} for p in found]


def _sentence(kind: str, message: Mapping[str, Any], locale: str) -> str:
    label = runner_of(kind).label(message["field"], locale)
    colon = ": " if locale == "en" else "："
    sentence = say(message["code"], locale, **message["facts"])
    return f"{label}{colon}{sentence}" if label else sentence
