"""What short messages will cost: which account a text goes by, and what its segments cost there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.db import db
from app.events.messages import Charge
from app.message_templates.segments import size
from app.sms.models import SmsAccount, SmsFiling
from app.sms.states import AccountState, FilingState


@dataclass(frozen=True, slots=True)
class Rate:
    """How an account signs texts, and what it takes for a segment."""

    signature: str
    price: int | None
    """In thousandths of a yuan; None: nobody has told."""

    def charge(self, words: str) -> Charge:
        """What a text counts as there."""
        segments = size(words, self.signature).segments
        return Charge(segments, None if self.price is None else segments * self.price)


UNKNOWN = Rate("", None)
"""Of a text that no account has approved."""


def rates(template_ids: Collection[UUID]) -> Mapping[UUID, Rate]:
    """The rates of texts of these templates: of the first account that has approved each; one statement."""
    if not template_ids:
        return {}
    asked = (
        select(SmsFiling.template_id, SmsAccount.signature, SmsAccount.price)
        .join(
            SmsAccount,
            (SmsAccount.tenant_id == SmsFiling.tenant_id) & (SmsAccount.id == SmsFiling.account_id),
        )
        .where(
            SmsFiling.template_id.in_(template_ids),
            SmsFiling.state == FilingState.APPROVED,
            SmsAccount.state == AccountState.ON,
        )
        .order_by(SmsAccount.place, SmsAccount.id)
    )
    found: dict[UUID, Rate] = {}
    for template_id, signature, price in db.session.execute(asked):
        found.setdefault(template_id, Rate(signature, price))
    return found
