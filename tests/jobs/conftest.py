"""A kind of job that only counts, so that the machinery can be watched without any business."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.access.actor import Actor
from app.core import doorbell
from app.core.db import db
from app.core.uow import unit_of_work
from app.jobs import asker, runners, services, slices
from app.jobs.leases import RowResult, Step
from app.jobs.models import Job, JobRow, Outcome
from tenants.context import tenant_scope
from tests.support.client import Company

CHUNK = 10
KIND = "counting"


@dataclass
class Counting:
    """Ten rows a chunk; the third of each chunk fails, the seventh is skipped."""

    before_step: Callable[[Mapping[str, Any]], None] = lambda _position: None
    steps: list[int] = field(default_factory=list)

    def step(self, actor: Actor, job: Job, position: Mapping[str, Any]) -> Step:
        self.before_step(position)
        begin = int(position.get("row", 0))
        self.steps.append(begin)
        end = min(begin + CHUNK, job.params["rows"])
        return Step(
            position={"row": end},
            rows=[self._row(number) for number in range(begin + 1, end + 1)],
            total=job.params["rows"],
            finished=end >= job.params["rows"],
        )

    def label(self, field: str, locale: str) -> str:
        return "行号" if field == "number" else ""

    def _row(self, number: int) -> RowResult:
        place = number % CHUNK
        if place == 3:
            fault = {"field": "number", "code": "not-a-year", "facts": {"value": number}}
            return RowResult(row=number, outcome=Outcome.FAILED, label=f"第{number}", messages=[fault])
        outcome = Outcome.SKIPPED if place == 7 else Outcome.SUCCEEDED
        return RowResult(row=number, outcome=outcome, label=f"第{number}")


@pytest.fixture
def counting() -> Iterator[Counting]:
    runner = Counting()
    runners.register(KIND, runner)
    yield runner
    runners._runners.pop(KIND)


class Workshop:
    """The workers of a test, one company's bench at a time."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def enqueue(self, company: Company, rows: int, *, by: str | None = None) -> UUID:
        with self.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
            actor = asker.present(UUID(by or company.user_id))
            return services.enqueue(actor, KIND, title="数数", params={"rows": rows}).id

    def work(self, company: Company, *, turns: int = 1) -> None:
        for _ in range(turns):
            with self.app.app_context(), tenant_scope(company.tenant_id):
                slices.work_a_while()

    def rows(self, company: Company, job_id: UUID) -> list[tuple[int, str]]:
        with self.app.app_context(), tenant_scope(company.tenant_id):
            found = db.session.query(JobRow).filter(JobRow.job_id == job_id).order_by(JobRow.row)
            return [(row.row, row.outcome) for row in found]

    def change(self, company: Company, job_id: UUID, **values: Any) -> None:
        with self.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
            db.session.query(Job).filter(Job.id == job_id).update(values)


@pytest.fixture
def workshop(app: Flask) -> Workshop:
    return Workshop(app)


@pytest.fixture
def one_chunk_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn ends after its first chunk."""
    monkeypatch.setattr(slices, "SLICE_SECONDS", 1e-9)


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """The bells that were rung, in order."""
    rung: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(doorbell, "_ringer", lambda task, arguments: rung.append((task, arguments)))
    return rung
