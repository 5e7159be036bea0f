"""Jobs on the wire."""

from marshmallow import fields

from api.v1.schemas.session import Ref
from app.bulk_actions.kinds import KINDS
from app.http.fields import Choice, Id, Instant, Many, Part, QueryWhole, Shape, Text, Whole, Yes
from app.jobs.models import JobState, Outcome


class JobQuery(Shape):
    """Which jobs."""

    kind = Text(max=32, load_default=None)
    state = Choice(JobState, load_default=None)
    limit = QueryWhole(min=1, max=200, load_default=20)
    cursor = Text(max=100, load_default=None)


class JobCan(Shape):
    """What the reader may do with a job."""

    cancel = Yes(required=True)
    undo = Yes(required=True, metadata={"description": "Put back what nobody has changed since"})


class JobFile(Shape):
    """A file that a job has made, for whoever asked for it."""

    name = Text(required=True, max=200)
    size = Whole(required=True, max=2**53, metadata={"description": "Bytes"})
    expires_at = Instant(required=True)


class JobEffects(Shape):
    """What an import has done so far."""

    created = Whole(required=True)
    updated = Whole(required=True)


class Job(Shape):
    """Long work and how far it is."""

    id = Id(required=True)
    kind = Text(required=True, max=32)
    title = Text(required=True, max=200)
    state = Choice(JobState, required=True)
    total = Whole(required=True, allow_none=True, metadata={"description": "Null while being counted"})
    done = Whole(required=True)
    succeeded = Whole(required=True)
    failed = Whole(required=True)
    skipped = Whole(required=True)
    created_by = Part(Ref, required=True)
    created_at = Instant(required=True)
    started_at = Instant(required=True, allow_none=True)
    finished_at = Instant(required=True, allow_none=True)
    cancelling = Yes(required=True, metadata={"description": "Asked to stop, and about to"})
    error = Text(required=True, allow_none=True, max=500, metadata={"description": "Why it failed"})
    import_id = Id(required=True, allow_none=True)
    effects = Part(JobEffects, required=True, allow_none=True)
    file = Part(JobFile, required=True, allow_none=True)
    record_type = Choice(
        KINDS,
        required=True,
        allow_none=True,
        metadata={"description": "Of a bulk action: the kind of record its rows are"},
    )
    undoes_job_id = Id(required=True, allow_none=True)
    undo_job_id = Id(required=True, allow_none=True, metadata={"description": "The job that takes it back"})
    can = Part(JobCan, required=True)


class JobList(Shape):
    """A page of jobs, the newest first."""

    items = Many(Part(Job), required=True)
    next_cursor = Text(required=True, allow_none=True, max=100)


class JobRowQuery(Shape):
    """Which rows of a job."""

    outcome = Choice(Outcome, load_default=None)
    limit = QueryWhole(min=1, max=200, load_default=50)
    cursor = Text(max=100, load_default=None)


class JobRow(Shape):
    """What became of one row."""

    row = Whole(required=True, metadata={"description": "As a spreadsheet counts: the heading is a row"})
    outcome = Choice(Outcome, required=True)
    label = Text(required=True, max=200)
    record_id = Id(required=True, allow_none=True)
    messages = Many(fields.String(), required=True)


class JobRowList(Shape):
    """A page of rows, in order."""

    items = Many(Part(JobRow), required=True)
    next_cursor = Text(required=True, allow_none=True, max=100)
