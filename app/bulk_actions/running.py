"""Carrying bulk actions out, chunk by chunk: which records, fixed at one moment, then each in its turn."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import unlocked
from app.bulk_actions import deeds, selecting
from app.bulk_actions.kinds import KINDS
from app.bulk_actions.models import BulkRow, Done, Pick, Wanted
from app.core.bulk import insert_many
from app.jobs import policies, runners, wording
from app.jobs.leases import RowResult, Step
from app.jobs.models import Job, Outcome
from app.spreadsheets.registry import is_hidden, label_of
from tenants.context import require_tenant_id

CHUNK = 500
_KEY = ("tenant_id", "job_id", "row")


class BulkAction:
    """The runner of bulk actions on one kind of record."""

    def __init__(self, record_type: str) -> None:
        self.type = record_type

    @unlocked("each service that it calls has its own lock")
    def step(self, actor: Actor, job: Job, position: Mapping[str, Any]) -> Step:
        """Do the next chunk."""
        wanted = Wanted.of(job.params)
        if position.get("phase", "selecting") == "selecting":
            found = selecting.fix(actor, job.id, KINDS[self.type], wanted)
            return Step(position={"phase": "rows", "at": 0}, total=found, finished=found == 0)
        picks = selecting.next_ones(job.id, wanted, after=position["at"], limit=CHUNK)
        if not picks:
            return Step(position=position, finished=True)
        done = deeds.do(actor, KINDS[self.type], wanted, picks)
        _keep(job.id, picks, done)
        rows = [_result(pick, done[pick.record_id]) for pick in picks]
        return Step(position={"phase": "rows", "at": picks[-1].row}, rows=rows)

    def label(self, field: str, locale: str) -> str:
        """What people call a field."""
        return label_of(self.type, field.removeprefix("custom."), locale)

    def is_hidden(self, reader: Actor, field: str) -> bool:
        """Whether a reader may not be told of a field."""
        return is_hidden(reader, self.type, field.removeprefix("custom."))


def _keep(job_id: UUID, picks: Sequence[Pick], done: Mapping[UUID, Done]) -> None:
    """Note what was exchanged, so that it can be put back."""
    rows = [
        {
            "tenant_id": require_tenant_id(),
            "job_id": job_id,
            "row": pick.row,
            "record_id": pick.record_id,
            "before": one.before,
            "after": one.after,
        }
        for pick in picks
        if (one := done[pick.record_id]).before is not None
    ]
    insert_many(BulkRow, rows, replacing=_KEY)


def _result(pick: Pick, done: Done) -> RowResult:
    outcome = Outcome.SUCCEEDED if done.before is not None else Outcome.SKIPPED
    return RowResult(
        row=pick.row,
        outcome=Outcome.FAILED if done.refused else outcome,
        label=done.label,
        record_id=pick.record_id,
        messages=done.messages,
    )


for _type, _kind in KINDS.items():
    _runner = BulkAction(_type)
    runners.register(_kind.job, _runner)
    wording.keep_from(_kind.job, _runner.is_hidden)
    policies.tells_of(_kind.job, _kind.read)
