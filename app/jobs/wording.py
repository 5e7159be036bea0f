"""What jobs say to people, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.access.actor import Actor
from app.core.errors import FieldProblem
from app.core.messages import say
from app.jobs.models import Job, JobRow
from app.jobs.runners import runner_of

_hidden: dict[str, Callable[[Actor, str], bool]] = {}


def keep_from(kind: str, is_hidden: Callable[[Actor, str], bool]) -> None:
    """Say of which fields jobs of a kind do not speak to somebody."""
    _hidden[kind] = is_hidden


def messages(kind: str, row: JobRow, locale: str) -> list[str]:
    """What is to be said about a row, a sentence each."""
    return [_sentence(kind, message, locale) for message in row.messages]


def told(kind: str, row: JobRow, *, reader: Actor) -> list[str]:
    """The same, without what it says of fields that the reader may not read."""
    is_hidden = _hidden.get(kind)
    shown = [one for one in row.messages if is_hidden is None or not is_hidden(reader, one["field"])]
    return [_sentence(kind, message, reader.locale) for message in shown]


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
