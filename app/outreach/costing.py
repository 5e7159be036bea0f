"""What messages that are foreseen would cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.consents.states import Way
from app.outreach.foreseeing import Foreseen
from app.sms import pricing

_MILLS_OF_A_CENT = 10


@dataclass(frozen=True, slots=True)
class Bill:
    """How many segments short messages have, and what they cost."""

    segments: int
    mills: int | None
    """In thousandths of a yuan; None: the price of some is not known."""

    @property
    def cost(self) -> int | None:
        """In cents, each begun one a whole one; None: the price of some is not known."""
        return None if self.mills is None else -(-self.mills // _MILLS_OF_A_CENT)

    def grown(self, of: int, to: int) -> "Bill":
        """What it would be for more messages of the same kind: these are `of`, all are `to`."""
        if of >= to or not of:
            return self
        mills = None if self.mills is None else -(-self.mills * to // of)
        return Bill(-(-self.segments * to // of), mills)


def bill(foreseen: Sequence[Foreseen]) -> Bill:
    """What these messages would cost, as far as they are short ones; one statement."""
    texts = [
        (one.template_id, one.words.text)
        for one in foreseen
        if one.way == Way.SMS and one.words and one.template_id
    ]
    rates = pricing.rates({template_id for template_id, _text in texts})
    segments, mills, known = 0, 0, True
    for template_id, text in texts:
        charge = rates.get(template_id, pricing.UNKNOWN).charge(text)
        segments += charge.segments
        if charge.mills is None:
            known = False
        else:
            mills += charge.mills
    return Bill(segments, mills if known else None)
