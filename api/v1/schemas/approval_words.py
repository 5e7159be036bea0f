"""What is said about approvals, on the wire."""

from marshmallow import fields as raw

from app.approvals import signing
from app.approvals.services.steering import MOST_ADDED, When
from app.approvals.states import Decision
from app.http.fields import Choice, Id, Many, Part, Shape, Table, Text, Whole, Yes

LONGEST_COMMENT = 2000


def _comment(said: str = "") -> Text:
    metadata = {"description": said} if said else {}
    return Text(max=LONGEST_COMMENT, multiline=True, load_default=None, allow_none=True, metadata=metadata)


def _signature() -> Text:
    said = f"Drawn by hand: a data URL of a PNG of at most {signing.LONGEST} letters"
    return Text(max=signing.LONGEST, load_default=None, allow_none=True, metadata={"description": said})


def chosen() -> Table:
    """Whom the submitter chooses."""
    said = {"description": "By node whose people the submitter chooses, whom"}
    return Table(Text(min=1, max=40), Many(Id(), max=20), max=100, load_default=dict, metadata=said)


class SubmissionIn(Shape):
    """Something to be granted."""

    kind = Text(required=True, min=1, max=40)
    subject_id = Id(required=True)
    chosen = chosen()
    comment = _comment()


class ResubmissionIn(Shape):
    """What came back, on its way again."""

    chosen = chosen()
    comment = _comment()


class RemarkIn(Shape):
    """What is said with it."""

    comment = _comment()


class DecisionIn(Shape):
    """What one says on one's seat."""

    decision = Choice(Decision, required=True)
    comment = _comment("Needed to reject or to send back")
    to = Text(
        min=1,
        max=40,
        allow_none=True,
        load_default=None,
        metadata={"description": "The node it is sent back to; null: whoever submitted it"},
    )
    resume = Yes(
        allow_none=True,
        load_default=None,
        metadata={"description": "Sent back: whether those between, who have agreed, are not asked again"},
    )
    changes = Table(
        Text(min=1, max=80),
        raw.Raw(allow_none=True),
        max=200,
        load_default=dict,
        metadata={"description": "Facts to correct, by name, where the step allows it"},
    )
    signature = _signature()


class SeatTransferIn(Shape):
    """Who decides in one's place."""

    to = Id(required=True)
    comment = _comment()


class AdditionIn(Shape):
    """Who decides besides."""

    user_ids = Many(Id(), required=True, min=1, max=MOST_ADDED)
    when = Choice(When, required=True)
    comment = _comment()


class CopiesIn(Shape):
    """Who is told."""

    user_ids = Many(Id(), required=True, min=1, max=50)


class ReroutingIn(Shape):
    """Who decides at a step, says the administrator."""

    user_ids = Many(Id(), required=True, min=1, max=20)
    comment = Text(required=True, min=1, max=LONGEST_COMMENT, multiline=True)


class EndingIn(Shape):
    """Why it ends, says the administrator."""

    comment = Text(required=True, min=1, max=LONGEST_COMMENT, multiline=True)


class SeatToDecide(Shape):
    """A seat, as one has it before one."""

    id = Id(required=True)
    version = Whole(required=True, min=1)


class DecisionsIn(Shape):
    """The same said on several seats."""

    seats = Many(Part(SeatToDecide), required=True, min=1, max=50)
    decision = Choice(("approve", "reject"), required=True)
    comment = _comment()
    signature = _signature()


class DecisionOutcome(Shape):
    """What became of one of them."""

    seat_id = Id(required=True)
    done = Yes(required=True)
    code = Text(required=True, allow_none=True, max=60)
    text = Text(required=True, allow_none=True, max=300)


class DecisionsOut(Shape):
    """What became of each, in the order sent."""

    items = Many(Part(DecisionOutcome), required=True)
