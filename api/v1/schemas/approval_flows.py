"""Approval flows on the wire."""

from marshmallow import fields as raw

from api.v1.schemas.session import Ref
from api.v1.schemas.users import UserOption
from app.approvals.states import FlowState, Openness
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Table, Text, Whole, Yes

_DEFINITION = {
    "description": "A tree of sequences: see `docs/approval-flows.md` and `/api/v1/approval-flow-schema`",
}


def _definition(**more: object) -> Table:
    return Table(Text(min=1, max=40), raw.Raw(allow_none=True), max=10, metadata=_DEFINITION, **more)


class FlowIn(Shape):
    """A flow to be drawn."""

    kind = Text(required=True, min=1, max=40)
    name = Text(required=True, min=1, max=60)
    description = Text(max=500, load_default="")
    openness = Choice(Openness, load_default="closed")


class FlowPatch(Shape):
    """What is to be changed of a flow."""

    name = Text(min=1, max=60)
    description = Text(max=500)
    openness = Choice(Openness)


class FlowProblem(Shape):
    """A fault that keeps a flow from being published."""

    node = Text(required=True, allow_none=True, max=40)
    field = Text(required=True, max=200)
    code = Text(required=True, max=60)
    text = Text(required=True, max=300)


class FlowOut(Shape):
    """A flow."""

    id = Id(required=True)
    version = Whole(required=True)
    kind = Text(required=True, max=40)
    name = Text(required=True, max=60)
    description = Text(required=True, max=500)
    openness = Choice(Openness, required=True)
    state = Choice(FlowState, required=True)
    drawn = Yes(required=True, metadata={"description": "Whether there is a draft that is not published"})
    published_version = Whole(required=True, allow_none=True)
    updated_at = Instant(required=True)


class FlowWhole(FlowOut):
    """A flow with what is drawn, or else in force, and what is wrong with it."""

    definition = _definition(required=True)
    problems = Many(Part(FlowProblem), required=True)


class Flows(Shape):
    """All flows, by name."""

    items = Many(Part(FlowOut), required=True)


class DraftIn(Shape):
    """What is drawn."""

    definition = _definition(required=True)


class FlowVersionOut(Shape):
    """A version that was published."""

    id = Id(required=True)
    number = Whole(required=True)
    published_at = Instant(required=True)
    published_by = Part(Ref, required=True)
    definition = _definition()


class FlowVersions(Shape):
    """The versions of a flow, the latest first."""

    items = Many(Part(FlowVersionOut), required=True)


class SimulationIn(Shape):
    """What is tried."""

    submitter_id = Id(required=True)
    subject_id = Id(allow_none=True, load_default=None)
    facts = Table(Text(min=1, max=80), raw.Raw(allow_none=True), max=100, load_default=dict)


class Met(Shape):
    """Somebody on the way."""

    id = Id(required=True)
    name = Text(required=True, max=100)
    stands_for = Part(Ref, required=True, allow_none=True)
    why = Text(required=True, allow_none=True, max=40)
    passed = Yes(required=True, metadata={"description": "Whether they are not asked: it counts as agreed"})
    stopped = Yes(required=True)


class NodeMet(Shape):
    """A node on the way."""

    node = Text(required=True, max=40)
    type = Text(required=True, max=20)
    name = Text(required=True, max=60)
    arm = Text(required=True, allow_none=True, max=40)
    people = Many(Part(Met), required=True)
    why = Text(required=True, allow_none=True, max=40)
    stopped = Yes(required=True, metadata={"description": "Whether it would wait for an administrator"})


class WayOut(Shape):
    """The way something would take if everybody agreed."""

    path = Many(Part(NodeMet), required=True)
    outcome = Choice(("granted", "rejected"), required=True)


class SubmissionPreviewIn(Shape):
    """Something as yet not submitted."""

    kind = Text(required=True, min=1, max=40)
    subject_id = Id(required=True)
    chosen = Table(Text(min=1, max=40), Many(Id(), max=20), max=100, load_default=dict)


class AmongWhom(Shape):
    """Among whom the submitter chooses."""

    user_ids = Many(Id(), required=True)
    role_id = Id(required=True, allow_none=True)
    department_id = Id(required=True, allow_none=True)


class ChoiceToMake(Shape):
    """A node whose people the submitter chooses."""

    node = Text(required=True, max=40)
    name = Text(required=True, max=60)
    most = Whole(required=True)
    among = Part(AmongWhom, required=True, allow_none=True, metadata={"description": "Null: anybody"})
    people = Many(
        Part(UserOption),
        required=True,
        allow_none=True,
        metadata={"description": "Who they are; null: anybody, or more than can be listed"},
    )


class SubmissionChoices(Shape):
    """Whom whoever submits is to choose."""

    choices = Many(Part(ChoiceToMake), required=True)


class SubmissionPreviewOut(WayOut):
    """The way it would take, and whom the submitter is to choose."""

    choices = Many(Part(ChoiceToMake), required=True)


class KindField(Shape):
    """A fact of a kind of subject."""

    name = Text(required=True, max=80)
    kind = Text(required=True, max=20, metadata={"description": "How it is compared"})
    choices = Many(Text(max=80), required=True)
    type = Choice(
        ("plain", "money", "rate", "user", "department", "customer"),
        required=True,
        metadata={"description": "money: in minor units; rate: in ten-thousandths"},
    )
    currency = Text(
        required=True,
        allow_none=True,
        max=3,
        metadata={"description": "Of money, if it is always the same"},
    )
    label = Text(
        required=True,
        allow_none=True,
        max=140,
        metadata={"description": "What it is called, if the company says so itself"},
    )
    part = Text(
        required=True,
        allow_none=True,
        max=10,
        metadata={"description": "Which part of what the label names: days, from, to, rows or sum"},
    )
    words = Table(
        Text(max=80),
        Text(max=80),
        required=True,
        metadata={"description": "What its choices are called, if the company says so itself"},
    )


class KindOut(Shape):
    """A kind of subject."""

    word = Text(required=True, max=40)
    name = Text(
        required=True,
        allow_none=True,
        max=60,
        metadata={"description": "What it is called, if the company says so itself"},
    )
    facts = Many(
        Part(KindField),
        required=True,
        data_key="fields",
        metadata={"description": "What conditions can ask"},
    )
    shown = Many(Text(max=80), required=True, metadata={"description": "What its card shows"})
    editable = Many(Text(max=80), required=True)
    flow = Part(Ref, required=True, allow_none=True, metadata={"description": "What is in force"})


class Kinds(Shape):
    """All kinds of subject."""

    items = Many(Part(KindOut), required=True)
