"""Reading accounts and what was handed in there."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.db import db
from app.core.errors import NotFound
from app.message_templates.models import MessageTemplate
from app.message_templates.rendering import sms_text
from app.sms.models import SmsAccount, SmsFiling
from app.sms.services import MOST

MOST_FILINGS = 500


@permitted(Permission.MESSAGE_MANAGE)
def accounts(_actor: Actor) -> Sequence[SmsAccount]:
    """All accounts, in the order in which they are tried; never more than ten."""
    asked = select(SmsAccount).order_by(SmsAccount.place, SmsAccount.id).limit(MOST)
    return db.session.scalars(asked).all()


@permitted(Permission.MESSAGE_MANAGE)
def get(_actor: Actor, account_id: UUID, *, to_change: bool = False) -> SmsAccount:
    """An account.

    :param to_change: lock it until the transaction ends
    :raises NotFound: if there is none such
    """
    asked = select(SmsAccount).where(SmsAccount.id == account_id)
    if to_change:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(asked).first()
    if found is None:
        raise NotFound
    return found


@permitted(Permission.MESSAGE_MANAGE)
def filings(_actor: Actor, account: SmsAccount) -> list[dict[str, object]]:
    """What was handed in at an account, by the name of the template."""
    asked = (
        select(SmsFiling, MessageTemplate)
        .join(MessageTemplate, MessageTemplate.id == SmsFiling.template_id)
        .where(SmsFiling.account_id == account.id)
        .order_by(MessageTemplate.name, SmsFiling.id)
        .limit(MOST_FILINGS)
    )
    return [
        {
            "id": filed.id,
            "template": {"id": template.id, "name": template.name},
            "text": filed.text,
            "variables": filed.variables,
            "code": filed.code,
            "state": filed.state,
            "reason": filed.reason,
            "submitted_at": filed.submitted_at,
            "checked_at": filed.checked_at,
            "changed_since": filed.text != sms_text(template),
        }
        for filed, template in db.session.execute(asked)
    ]
