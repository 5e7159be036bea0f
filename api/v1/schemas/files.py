"""Files on the wire, where lines of other records show them."""

from app.core.file_names import LONGEST
from app.files.states import FileKind
from app.http.fields import INT8_MAX, Choice, Id, Shape, Text, Whole, Yes


class FileBrief(Shape):
    """A file where a line of another record shows it."""

    id = Id(required=True)
    name = Text(required=True, max=LONGEST)
    kind = Choice(FileKind, required=True)
    media_type = Text(required=True, max=100)
    size = Whole(required=True, max=INT8_MAX, metadata={"description": "Bytes"})
    has_thumbnail = Yes(required=True)
