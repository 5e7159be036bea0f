"""What paying claims would come to, on the wire."""

from api.v1.schemas.expenses import WriteOffOut
from api.v1.schemas.session import Ref
from app.core.money import CURRENCIES
from app.expenses.drafts import LARGEST, MOST_LINES
from app.expenses.paying import MOST_AT_ONCE
from app.http.fields import Choice, Id, Many, Part, Shape, Whole

_TO_OFFSET = {"description": "How much is written off against advances; null: as much as can be"}
_MOST = LARGEST * MOST_LINES


class ClaimToPay(Shape):
    """A claim that is to be paid."""

    id = Id(required=True)
    write_off = Whole(min=0, max=_MOST, allow_none=True, load_default=None, metadata=_TO_OFFSET)


class PaymentPreviewIn(Shape):
    """Claims that are to be paid."""

    claims = Many(Part(ClaimToPay), required=True, min=1, max=MOST_AT_ONCE)


class _Offset(Shape):
    """What would become of what is claimed."""

    owner = Part(Ref, required=True, allow_none=True)
    currency = Choice(sorted(CURRENCIES), required=True)
    claimed = Whole(required=True)
    owed = Whole(required=True, metadata={"description": "In advances, before this is paid"})
    written_off = Whole(required=True)
    paid_out = Whole(required=True)


class ClaimOffset(_Offset):
    """What would become of a claim."""

    claim = Part(Ref, required=True)
    most = Whole(required=True, metadata={"description": "How much could be written off"})
    advances = Many(Part(WriteOffOut), required=True)


class PersonOffset(_Offset):
    """What would become of all that somebody claims in one currency."""


class PaymentPreview(Shape):
    """What paying claims would come to."""

    items = Many(Part(ClaimOffset), required=True, max=MOST_AT_ONCE)
    people = Many(Part(PersonOffset), required=True, max=MOST_AT_ONCE)
