"""What every screen of the phone is told of people, money and files."""

from app.core.file_names import LONGEST
from app.core.money import MOST
from app.files.states import FileKind
from app.http.fields import INT8_MAX, Choice, Id, Shape, Text, Whole, Yes


class PhoneRef(Shape):
    """Somebody or something by name."""

    id = Id(required=True)
    name = Text(required=True, max=300)


class PhoneMoney(Shape):
    """An amount in minor units."""

    amount = Whole(required=True, min=-MOST, max=MOST)
    currency = Text(required=True, max=3)


class PhoneFile(Shape):
    """A file where something else shows it."""

    id = Id(required=True)
    name = Text(required=True, max=LONGEST)
    kind = Choice(FileKind, required=True)
    media_type = Text(required=True, max=100)
    size = Whole(required=True, max=INT8_MAX, metadata={"description": "Bytes"})
    has_thumbnail = Yes(required=True)
