"""What happens here is told to the systems that asked for it: written down in the same transaction."""

from app.access.actor import SYSTEM_ID
from app.core.events import on
from app.events.approvals import ApprovalMoved
from app.events.jobs import JobEnded
from app.events.trail import TrailWritten
from app.imports.models import JOB_KIND
from app.webhooks import kinds, outbox
from app.webhooks.outbox import News


@on(TrailWritten)
def pass_deeds_on(event: TrailWritten) -> None:
    """Whatever the trail tells of, if anybody wants to hear it."""
    found = [(kind, deed) for deed in event.deeds if (kind := kinds.of_deed(deed)) is not None]
    if not found:
        return
    webhooks = outbox.wanting(event.access_version)
    if webhooks:
        by = None if event.doer_id == SYSTEM_ID else event.doer_id
        outbox.add(webhooks, [News(kind, kinds.told(deed)) for kind, deed in found], by=by)


@on(ApprovalMoved)
def pass_ends_of_approvals_on(event: ApprovalMoved) -> None:
    """That an approval has ended or is back with its submitter, whoever or whatever brought that about."""
    webhooks = outbox.wanting(event.access_version)
    if webhooks:
        outbox.add(webhooks, [News(*kinds.end_of(event))], by=event.by_id)


@on(JobEnded)
def pass_imports_on(event: JobEnded) -> None:
    """That an import has ended, and how."""
    if event.kind != JOB_KIND:
        return
    facts = {
        "record": {"type": "job", "id": str(event.job_id)},
        "state": event.state,
        "succeeded": event.succeeded,
        "failed": event.failed,
        "skipped": event.skipped,
    }
    outbox.add(outbox.wanting(0), [News(kinds.IMPORT_FINISHED, facts)], by=event.created_by_id)
