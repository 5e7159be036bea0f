"""The company's own fields on tasks: what they are computed from, and what a series hands on of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.access.actor import Actor
from app.fields import catalogue as catalogues
from app.fields import filling
from app.fields.entities import Facts
from app.fields.states import FieldKind
from app.tasks.models import Task
from tenants import calendar

SUBJECT = "task"
READ = ("title", "detail", "priority", "due_at")


def reader() -> Facts:
    """Reads the built-in fields of tasks as conditions and formulas want them: they are due on a day."""
    zone = calendar.zone()

    def facts(row: Mapping[str, Any]) -> dict[str, Any]:
        due = row["due_at"]
        moment = datetime.fromisoformat(due) if isinstance(due, str) else due
        return {**row, "due_at": moment.astimezone(zone).date()}

    return facts


def facts_of(by: Actor, task: Task) -> dict[str, Any]:
    """What of a task at hand, as it is to become, its own fields need; nothing if there are none."""
    if not catalogues.now(by, SUBJECT).fields:
        return {}
    return dict(reader()({name: getattr(task, name) for name in READ}))


def inherited(by: Actor, custom: Mapping[str, Any], following: Task) -> filling.Custom:
    """What the next one of a series has of what was handed down to it.

    Files lie with one task alone, and what must not be there twice is not: neither is handed down.
    """
    catalogue = catalogues.now(by, SUBJECT)
    live = (catalogue.fields[key] for key in custom if key in catalogue.fields)
    kept = {one.key: custom[one.key] for one in live if one.kind is not FieldKind.FILE and not one.unique}
    return filling.computed(catalogue, kept, facts_of(by, following))
