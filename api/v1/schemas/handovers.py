"""Requests that customers be handed over, on the wire."""

from app.handovers.models import RequestState
from app.handovers.services import LONGEST_REASON
from app.http.fields import Choice, Id, Many, Shape, Table, Text, Whole


class HandoverCorrection(Shape):
    """To whom, and why."""

    to_id = Id(required=True, metadata={"description": "To whom the customer is to be given"})
    reason = Text(required=True, min=1, max=LONGEST_REASON, multiline=True)


class HandoverIn(HandoverCorrection):
    """A customer to be handed over."""

    chosen = Table(Text(min=1, max=40), Many(Id(), max=20), max=100, load_default=dict)


class HandoverOut(Shape):
    """A request, on its way through an approval or about to be."""

    id = Id(required=True)
    version = Whole(required=True)
    customer_id = Id(required=True)
    to_id = Id(required=True)
    reason = Text(required=True, max=LONGEST_REASON)
    state = Choice(RequestState, required=True)
