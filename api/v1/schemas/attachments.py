"""Files on the wire."""

from api.v1.schemas.comments import RecordRef
from api.v1.schemas.session import Ref
from app.core.file_names import LONGEST
from app.files.states import FileKind
from app.http.fields import INT8_MAX, Choice, File, Id, Instant, Many, Part, Shape, Text, Whole, Yes


class AttachmentIn(Shape):
    """A file to hang on a record."""

    file = File(required=True)


class AttachmentPatch(Shape):
    """What is to be changed of a file."""

    name = Text(required=True, min=1, max=LONGEST, metadata={"description": "Its extension stays"})


class AttachmentCan(Shape):
    """What the reader may do with a file."""

    update = Yes(required=True)
    delete = Yes(required=True)


class AttachmentOut(Shape):
    """A file on a record; its bytes are at `/attachments/{id}/content`."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST)
    kind = Choice(FileKind, required=True)
    media_type = Text(required=True, max=100, metadata={"description": "By its bytes, not by its name"})
    size = Whole(required=True, max=INT8_MAX, metadata={"description": "Bytes"})
    has_thumbnail = Yes(required=True)
    uploaded_by = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)
    record = Part(RecordRef, required=True, allow_none=True, metadata={"description": "Null while it waits"})
    deleted = Yes(required=True)
    can = Part(AttachmentCan, required=True)


class AttachmentPage(Shape):
    """A page of files, the latest first."""

    items = Many(Part(AttachmentOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
