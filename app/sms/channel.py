"""The channel of short messages: one at a time, as no vendor promises to deliver the same one once.

The account that is first in the order sends; another is tried where the vendor has answered that this one
cannot. Where it has not answered, nobody knows, and nothing is tried.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

from app.consents import addresses
from app.consents.states import Way
from app.core.errors import Invalid
from app.core.uow import unit_of_work
from app.events.messages import Charge
from app.messaging.channels.contract import Line, Message, OutboxChannel, Outcome, Verdict
from app.messaging.outbox import Parcel
from app.sms import pricing, routes
from app.sms.routes import Route
from app.sms.vendors.contract import About, Refused, ShortMessage, Taken
from app.sms.vendors.wording import filled, said


class SmsChannel(OutboxChannel):
    """Short messages to numbers in China, through the current company's accounts."""

    name: ClassVar[str] = "sms"

    def takes(self, address: str) -> bool:
        """Whether it is a mobile number in China."""
        try:
            return addresses.compared(Way.SMS, address, field="to") == address
        except Invalid:
            return False

    def check(self, message: Message) -> None:
        """Refuse numbers that nothing can be sent to.

        :raises Invalid: about `to`
        """
        addresses.compared(Way.SMS, message.to, field="to")

    def title(self, parcel: Parcel) -> str:
        """How it begins."""
        return str(parcel.facts["text"])[:30]

    def charges(self, facts: Mapping[UUID, Mapping[str, Any]]) -> Mapping[UUID, Charge]:
        """By the rates of the accounts that send such texts now; one statement."""
        rates = pricing.rates({UUID(one["template"]) for one in facts.values()})
        return {
            found: rates.get(UUID(one["template"]), pricing.UNKNOWN).charge(str(one["text"]))
            for found, one in facts.items()
        }

    @contextmanager
    def open(self) -> Iterator[Line]:
        """The company's accounts as they are now."""
        with unit_of_work():
            found = routes.all_routes()
        yield SmsLine(found)


class SmsLine:
    """One batch's way to the vendors."""

    def __init__(self, found: Sequence[Route]) -> None:
        self._routes = found

    def send(self, parcel: Parcel, hand_over: Callable[[str], bool]) -> Outcome:
        """Try to send one message, by the next account where one refuses for reasons of its own."""
        template_id = UUID(parcel.facts["template"])
        able = [route for route in self._routes if template_id in route.filings]
        values = dict(parcel.facts["values"])
        if refusal := self._refusal([route.filings[template_id].text for route in able], values, parcel):
            return Outcome(Verdict.REFUSED, refusal)
        ways, wait = routes.passable(able)
        if wait is not None:
            return Outcome(Verdict.NOT_NOW, wait.because, until=wait.until)
        if not hand_over(parcel.id.hex):
            return Outcome(Verdict.DROPPED)
        outcome = Outcome(Verdict.REFUSED, "not-approved")
        for route in ways:
            filed = route.filings[template_id]
            message = ShortMessage(
                number=parcel.address,
                code=filed.code,
                values=filled(filed.variables, values),
                reference=parcel.id.hex,
            )
            answer = route.vendor.send(message)
            routes.note(route, answer)
            if isinstance(answer, Taken):
                charge = route.rate.charge(str(parcel.facts["text"]))
                return Outcome(Verdict.SENT, reference=f"{route.kind}:{answer.serial}", charge=charge)
            # An account that may work again is no reason to give up because another refuses the text.
            outcome = max(outcome, _outcome(answer), key=_hope)
            if answer.about not in {About.ACCOUNT, About.TEXT, About.LINE}:
                return _outcome(answer)
        return outcome

    def _refusal(self, approved: Sequence[str], values: Mapping[str, str], parcel: Parcel) -> str | None:
        if not approved:
            return "not-approved" if self._routes else "no-account"
        # Else the vendor would say what nobody has read here.
        same = all(said(text, values) == parcel.facts["text"] for text in approved)
        return None if same else "text-changed"


_HOPE = (Verdict.REFUSED, Verdict.DOWN, Verdict.LATER, Verdict.UNCLEAR)


def _hope(outcome: Outcome) -> int:
    return _HOPE.index(outcome.verdict)


def _outcome(answer: Refused) -> Outcome:
    match answer.about:
        case About.NUMBER | About.TEXT:
            return Outcome(Verdict.REFUSED, answer.error)
        case About.UNCLEAR:
            return Outcome(Verdict.UNCLEAR, answer.error)
        case About.LINE:
            return Outcome(Verdict.DOWN, answer.error)
        case About.ACCOUNT | About.PACE:
            return Outcome(Verdict.LATER, answer.error)
