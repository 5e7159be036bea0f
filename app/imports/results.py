"""What is told of a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.core import phones
from app.core.errors import FieldProblem
from app.core.money import Money
from app.imports import cells
from app.imports.plan import Plan, Row
from app.imports.traces import Effect
from app.jobs import wording
from app.jobs.leases import RowResult
from app.jobs.models import Outcome
from app.spreadsheets import values
from app.spreadsheets.registry import ASSET, CONTACT, PRODUCT, PURCHASE

SUCCEEDED, FAILED, SKIPPED = Outcome.SUCCEEDED, Outcome.FAILED, Outcome.SKIPPED
COUNTED = ("created", "updated", "unchanged", "contacts_created", "contacts_updated")
UNCHANGED = "row-unchanged"
APART = {CONTACT: "contacts.", PRODUCT: "products.", ASSET: "assets.", PURCHASE: "purchases."}
"""What the names of fields begin with in what is told of files of these records."""
_LONGEST = 100
_TOLD_AS = {"purchase_amount": "amount", "purchase_reference": "reference"}
_TELLING = ("field-changed", "field-filled")


@dataclass
class Told:
    """What became of one row, gathered from what became of its parts."""

    row: Row
    outcome: Outcome | None = None
    record_id: UUID | None = None
    said: list[FieldProblem] = field(default_factory=list)

    def add(self, outcome: Outcome, said: Sequence[FieldProblem] = (), record_id: UUID | None = None) -> None:
        """One more part: a row of which anything was done has succeeded, whatever else was left alone."""
        if self.outcome is None or _WEIGHT[outcome] > _WEIGHT[self.outcome]:
            self.outcome = outcome
        if outcome is FAILED or self.outcome is not FAILED:
            self.said += said
        self.record_id = self.record_id or record_id

    @property
    def unchanged(self) -> bool:
        """Whether it said nothing new."""
        return self.outcome is SKIPPED and any(one.code == UNCHANGED for one in self.said)

    def result(self, record_type: str) -> RowResult:
        """As the job keeps it."""
        done = self.outcome is SUCCEEDED
        said = [one for one in self.said if not done or one.code in _TELLING]
        apart = APART.get(record_type, "")
        if apart:
            said = [FieldProblem(f"{apart}{one.field}", one.code, one.facts) for one in said]
        return RowResult(
            row=self.row.number,
            outcome=self.outcome or SKIPPED,
            label=self.row.name,
            record_id=self.record_id,
            messages=wording.problems(said),
        )


_WEIGHT = {SKIPPED: 0, SUCCEEDED: 1, FAILED: 2}


@dataclass
class Taken:
    """What became of some rows."""

    results: list[RowResult] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    alike: list[dict[str, Any]] = field(default_factory=list)
    """Rows that may speak of the same as others do."""


def labels(plan: Plan, locale: str) -> dict[str, str]:
    """What the words of choices are called, by field and word."""
    return {
        f"{column.field.name} {choice.value}": choice.label(locale)
        for column in plan.columns
        for choice in column.field.choices
    }


def field_of(change: Mapping[str, Any]) -> str:
    """The field of a record that a line of the trail tells of: some are called otherwise there."""
    return _TOLD_AS.get(change["field"], str(change["field"]))


def changed(change: Mapping[str, Any], called: Mapping[str, str], prefix: str = "") -> FieldProblem:
    """A change, before and after, as it is told."""
    name = f"{prefix}{field_of(change)}"
    sides = ((side, change[side]) for side in ("before", "after"))
    facts = tuple(
        (side, called.get(f"{name} {value}") or _read(change["field"], value)) for side, value in sides
    )
    return FieldProblem(name, "field-changed", facts)


def _read(name: str, value: Any) -> str:
    return values.percent(value) if name == "tax_rate" and value is not None else shown(value)


def filled(name: str, text: str) -> FieldProblem:
    """What a new record has in a field, as it is told."""
    return FieldProblem(name, "field-filled", (("after", shown(text)),))


def shown(value: Any) -> str:
    """A value of the trail in one line."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return "✓" if value else "—"
    if isinstance(value, dict):
        return _dict(value)
    if isinstance(value, list):
        return "、".join(str(phones.shown(one["number"]) if isinstance(one, dict) else one) for one in value)[
            :_LONGEST
        ]
    return str(value)[:_LONGEST]


def _dict(value: Mapping[str, Any]) -> str:
    if "month" in value:
        year = f"{value['year']}-" if value["year"] else ""
        return f"{year}{value['month']:02}-{value['day']:02}"
    if "amount" in value:
        return cells.shown(Money(value["amount"], value["currency"]))
    return str(value.get("name"))[:_LONGEST]
