"""The channel of short messages: one at a time, as no vendor promises to deliver the same one once.

The account that is first in the order sends; another is tried where the vendor has answered that this one
cannot. Where it has not answered, nobody knows, and nothing is tried.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from sqlalchemy import select, update

from app.consents import addresses
from app.consents.states import Way
from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from app.core.uow import unit_of_work
from app.message_templates.models import MessageTemplate
from app.message_templates.rendering import sms_text
from app.messaging.channels.contract import Line, Message, OutboxChannel, Outcome, Verdict
from app.messaging.outbox import Parcel
from app.sms import secrets
from app.sms.models import SmsAccount, SmsFiling
from app.sms.states import AccountState, FilingState
from app.sms.vendors.contract import About, Refused, ShortMessage, SmsVendor, Taken
from app.sms.vendors.wording import filled


@dataclass(slots=True)
class Route:
    """An account by which a text may be sent."""

    account_id: UUID
    vendor: SmsVendor
    kind: str
    trouble: str | None
    filings: Mapping[UUID, tuple[str, Sequence[str]]]
    """The vendor's name of each approved text and its variables, by our template."""


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

    @contextmanager
    def open(self) -> Iterator[Line]:
        """The company's accounts as they are now."""
        with unit_of_work():
            routes = _routes()
        yield SmsLine(routes)


class SmsLine:
    """One batch's way to the vendors."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = routes

    def send(self, parcel: Parcel, hand_over: Callable[[str], bool]) -> Outcome:
        """Try to send one message, by the next account where one refuses for reasons of its own."""
        template_id = UUID(parcel.facts["template"])
        ways = [route for route in self._routes if template_id in route.filings]
        if not ways:
            error = "not-approved" if self._routes else "no-account"
            return Outcome(Verdict.REFUSED, error)
        if not hand_over(parcel.id.hex):
            return Outcome(Verdict.DROPPED)
        outcome = Outcome(Verdict.REFUSED, "not-approved")
        for route in ways:
            code, variables = route.filings[template_id]
            message = ShortMessage(
                number=parcel.address,
                code=code,
                values=filled(variables, dict(parcel.facts["values"])),
                reference=parcel.id.hex,
            )
            answer = route.vendor.send(message)
            _note(route, answer)
            if isinstance(answer, Taken):
                return Outcome(Verdict.SENT, reference=f"{route.kind}:{answer.serial}")
            # An account that may work again is no reason to give up because another refuses the text.
            outcome = max(outcome, _outcome(answer), key=_hope)
            if answer.about not in {About.ACCOUNT, About.TEXT, About.LINE}:
                return _outcome(answer)
        return outcome


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


def _routes() -> list[Route]:
    accounts = db.session.scalars(
        select(SmsAccount)
        .where(SmsAccount.state == AccountState.ON)
        .order_by(SmsAccount.place, SmsAccount.id)
    ).all()
    rows = db.session.execute(
        select(SmsFiling, MessageTemplate)
        .join(MessageTemplate, MessageTemplate.id == SmsFiling.template_id)
        .where(SmsFiling.state == FilingState.APPROVED)
    )
    # What was approved before the template was changed says something else.
    filings = [filed for filed, template in rows if filed.text == sms_text(template)]
    return [
        Route(
            account_id=account.id,
            vendor=secrets.opened(account),
            kind=account.vendor,
            trouble=account.trouble,
            filings={
                one.template_id: (one.code, one.variables)
                for one in filings
                if one.account_id == account.id and one.code is not None
            },
        )
        for account in accounts
    ]


def _note(route: Route, answer: Taken | Refused) -> None:
    """Have an account know what is wrong with it, or that nothing is any more."""
    mine = isinstance(answer, Refused) and answer.about in {About.ACCOUNT, About.LINE}
    trouble = answer.error if isinstance(answer, Refused) and mine else None
    if trouble == route.trouble or (isinstance(answer, Refused) and not mine):
        return
    at = clock.now() if trouble else None
    with unit_of_work():
        db.session.execute(
            update(SmsAccount)
            .where(SmsAccount.id == route.account_id)
            .values(trouble=trouble, troubled_since=at)
            .execution_options(synchronize_session=False)
        )
    route.trouble = trouble
