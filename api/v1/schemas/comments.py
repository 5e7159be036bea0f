"""Comments on the wire."""

from api.v1.schemas.files import FileBrief
from api.v1.schemas.session import Ref
from app.comments.services import LONGEST
from app.comments.states import CommentKind
from app.files.uploads import MOST_AT_ONCE
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole, Yes

_HOW = "`@{id}` stands for a colleague; only those who may see the record can be mentioned"


class CommentIn(Shape):
    """Something to be said about a record."""

    text = Text(required=True, min=1, max=LONGEST, multiline=True, metadata={"description": _HOW})


class NewComment(CommentIn):
    """The same with files."""

    attachment_ids = Many(
        Id(),
        max=MOST_AT_ONCE,
        load_default=list,
        metadata={"description": "Files that wait under `/uploads`, to be hung on it"},
    )


class CommentCan(Shape):
    """What the reader may do with a comment."""

    update = Yes(required=True)
    delete = Yes(required=True)


class RecordRef(Shape):
    """A record of some kind."""

    type = Text(required=True, max=64)
    id = Id(required=True)


class Said(Shape):
    """What somebody has said."""

    id = Id(required=True)
    version = Whole(required=True)
    text = Text(required=True, max=LONGEST, multiline=True, metadata={"description": _HOW})
    mentions = Many(Part(Ref), required=True, metadata={"description": "By the names they have now"})
    author = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)
    edited_at = Instant(required=True, allow_none=True)
    can = Part(CommentCan, required=True)


class CommentOut(Said):
    """A comment."""

    kind = Choice(CommentKind, required=True)
    attachments = Many(Part(FileBrief), required=True)
    record = Part(RecordRef, required=True)


class CommentPage(Shape):
    """A page of comments, the latest first."""

    items = Many(Part(CommentOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)


class MentionQuery(Shape):
    """Whom one looks for."""

    q = Text(max=100, load_default="")


class MentionOption(Shape):
    """A colleague who may see the record."""

    id = Id(required=True)
    name = Text(required=True, max=100)
    department_name = Text(required=True, allow_none=True, max=200)


class MentionOptions(Shape):
    """Colleagues to mention."""

    items = Many(Part(MentionOption), required=True)
