"""Which texts may go out: those that a vendor has approved as they stand now."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from app.consents.states import Way
from app.core.db import db
from app.message_templates.models import MessageTemplate
from app.message_templates.rendering import sms_text
from app.sms.models import SmsAccount, SmsFiling
from app.sms.states import AccountState, FilingState


def unapproved(templates: Mapping[UUID, MessageTemplate]) -> frozenset[UUID]:
    """Those of these templates that are short messages and may not be sent; one statement."""
    texts = {one.id: sms_text(one) for one in templates.values() if one.way == Way.SMS}
    if not texts:
        return frozenset()
    asked = (
        select(SmsFiling.template_id, SmsFiling.text)
        .join(SmsAccount, SmsAccount.id == SmsFiling.account_id)
        .where(
            SmsFiling.template_id.in_(texts),
            SmsFiling.state == FilingState.APPROVED,
            SmsAccount.state == AccountState.ON,
        )
    )
    approved = {row.template_id for row in db.session.execute(asked) if row.text == texts[row.template_id]}
    return frozenset(texts.keys() - approved)
