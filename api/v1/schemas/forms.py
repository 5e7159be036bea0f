"""Forms and their entries on the wire."""

from marshmallow import fields as raw

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.forms.definitions import MOST_FIELDS
from app.forms.services.designing import ICONS
from app.forms.states import EntryState, FormState, Kind, Openness
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Table, Text, Whole, Yes

_DEFINITION = {"description": "The fields of the form in their order: see `docs/forms.md`"}


def _definition(**more: object) -> Table:
    return Table(Text(min=1, max=40), raw.Raw(allow_none=True), max=10, metadata=_DEFINITION, **more)


def _values(**more: object) -> Table:
    said = {"description": "By field, as its kind has it: see `docs/forms.md`"}
    return Table(Text(min=1, max=40), raw.Raw(allow_none=True), max=MOST_FIELDS, metadata=said, **more)


def _icon(**more: object) -> Choice:
    return Choice(ICONS, **more)


class FormIn(Shape):
    """A form to be designed."""

    name = Text(required=True, min=1, max=60)
    description = Text(max=500, load_default="")
    icon = _icon(load_default=ICONS[0])
    category = Text(max=30, load_default="")
    definition = _definition(load_default=None, allow_none=True)


class HoldersIn(Shape):
    """Whom a form names: colleagues, roles, departments with all below them."""

    user_ids = Many(Id(), max=200, load_default=list)
    role_ids = Many(Id(), max=100, load_default=list)
    department_ids = Many(Id(), max=200, load_default=list)


class AccessIn(Shape):
    """Who starts a form, sees all its entries, and manages them."""

    start = Part(HoldersIn, load_default=dict)
    see = Part(HoldersIn, load_default=dict)
    manage = Part(HoldersIn, load_default=dict)


class FormPatch(Shape):
    """What is to be changed of a form."""

    name = Text(min=1, max=60)
    description = Text(max=500)
    icon = _icon()
    category = Text(max=30)
    openness = Choice(Openness)
    access = Part(AccessIn)


class FormDraftIn(Shape):
    """What is designed."""

    definition = _definition(required=True)


class FormOut(Shape):
    """A form."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=60)
    description = Text(required=True, max=500)
    icon = _icon(required=True)
    category = Text(required=True, max=30)
    openness = Choice(Openness, required=True)
    state = Choice(FormState, required=True)
    designed = Yes(required=True, metadata={"description": "Whether something is designed and not published"})
    published_version = Whole(required=True, allow_none=True)
    updated_at = Instant(required=True)


class Forms(Shape):
    """All forms, by name."""

    items = Many(Part(FormOut), required=True)


class FormProblem(Shape):
    """A fault that keeps a form from being published."""

    key = Text(required=True, allow_none=True, max=40)
    field = Text(required=True, max=200)
    code = Text(required=True, max=60)
    text = Text(required=True, max=300)


class Holders(Shape):
    """Whom a form names."""

    users = Many(Part(Ref), required=True)
    roles = Many(Part(Ref), required=True)
    departments = Many(Part(Ref), required=True)


class Access(Shape):
    """Who starts a form, sees all its entries, and manages them."""

    start = Part(Holders, required=True)
    see = Part(Holders, required=True)
    manage = Part(Holders, required=True)


class FormWhole(FormOut):
    """A form with what is designed, or else in force."""

    access = Part(Access, required=True)
    definition = _definition(required=True)
    problems = Many(Part(FormProblem), required=True)
    flow = Part(Ref, required=True, allow_none=True, metadata={"description": "What its entries go through"})


class FormVersionOut(Shape):
    """A version that was published."""

    id = Id(required=True)
    number = Whole(required=True)
    published_at = Instant(required=True)
    published_by = Part(Ref, required=True)
    definition = _definition()


class FormVersions(Shape):
    """The versions of a form, the latest first."""

    items = Many(Part(FormVersionOut), required=True)


class TileCan(Shape):
    """What one may do with a form."""

    start = Yes(required=True)
    read = Yes(required=True, metadata={"description": "Whether one sees all its entries"})
    export = Yes(required=True)


class FormTile(Shape):
    """A form that one may start, or whose entries one sees."""

    id = Id(required=True)
    name = Text(required=True, max=60)
    description = Text(required=True, max=500)
    icon = _icon(required=True)
    category = Text(required=True, max=30)
    can = Part(TileCan, required=True)


class FormTiles(Shape):
    """The forms that concern one, by name."""

    items = Many(Part(FormTile), required=True)


class FormSheet(Shape):
    """A form to be filled in."""

    id = Id(required=True)
    name = Text(required=True, max=60)
    description = Text(required=True, max=500)
    icon = _icon(required=True)
    number = Whole(required=True, metadata={"description": "Goes along with what is filled in"})
    definition = _definition(required=True)


class EntryIn(Shape):
    """A form, filled in."""

    number = Whole(required=True, min=1, metadata={"description": "The version that was filled in"})
    filled = _values(required=True, data_key="values")
    chosen = Table(
        Text(min=1, max=40),
        Many(Id(), max=20),
        max=100,
        load_default=dict,
        metadata={"description": "By node whose people the submitter chooses, whom"},
    )


class EntryCorrection(Shape):
    """What came back, filled in anew."""

    filled = _values(required=True, data_key="values")


class ToldColumn(Shape):
    """A column of a table that is filled in."""

    name = Text(required=True, max=40)
    label = Text(required=True, max=60)
    kind = Choice(Kind, required=True)
    unit = Text(required=True, allow_none=True, max=10)


class ToldField(Shape):
    """A field as people read it."""

    name = Text(required=True, max=40)
    label = Text(required=True, max=60)
    kind = Choice(Kind, required=True)
    value = raw.Raw(required=True, allow_none=True)
    text = Text(max=5000, metadata={"description": "What stands there, where the value says little"})
    unit = Text(max=10)
    columns = Many(Part(ToldColumn))


class FormRef(Shape):
    """The form of an entry."""

    id = Id(required=True)
    name = Text(required=True, max=60)
    icon = _icon()


class EntryInList(Shape):
    """An entry in a list."""

    id = Id(required=True)
    title = Text(required=True, max=200)
    state = Choice(EntryState, required=True)
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    submitted_at = Instant(required=True)
    updated_at = Instant(required=True)
    told = Many(Part(ToldField), required=True)
    form = Part(FormRef, required=True)


class EntryPage(Shape):
    """A page of entries."""

    items = Many(Part(EntryInList), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class EntryCan(Shape):
    """What the reader may do with an entry."""

    correct = Yes(required=True)
    start = Yes(required=True, metadata={"description": "Whether they may fill the form in again"})


class EntryOut(Shape):
    """An entry, with its form as it was when it was filled in."""

    id = Id(required=True)
    version = Whole(required=True)
    form = Part(FormRef, required=True)
    number = Whole(required=True)
    title = Text(required=True, max=200)
    state = Choice(EntryState, required=True)
    owner = Part(Ref, required=True)
    submitted_at = Instant(required=True)
    definition = _definition(required=True)
    filled = _values(required=True, data_key="values")
    told = Many(Part(ToldField), required=True)
    approval_id = Id(required=True, allow_none=True)
    can = Part(EntryCan, required=True)
