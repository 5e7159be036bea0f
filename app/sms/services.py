"""Setting accounts up, and having texts approved there."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule, guarded, permitted
from app.audit import services as audit
from app.consents.states import Way
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.ids import new_id
from app.message_templates.models import MessageTemplate
from app.message_templates.rendering import render, sms_text
from app.messaging import services as messaging
from app.messaging.channels.contract import Message
from app.sms import filing, secrets, trail
from app.sms.models import SmsAccount, SmsFiling
from app.sms.states import AccountState, FilingState, Vendor
from app.sms.vendors import tencent
from app.sms.vendors.wording import variables_of

MOST = 10
LONGEST = {"name": 40, "app_id": 40, "key_id": 100, "secret": 200, "signature": 20, "code": 40}
MOST_MILLS = 10_000
MOST_PER_MINUTE = 100_000
manage: Rule[SmsAccount] = Rule(Permission.MESSAGE_MANAGE, when=lambda _actor, _one: True)


class TooManyAccounts(Conflict):
    """The company has enough of them."""

    code = "too-many-sms-accounts"


class NotAShortMessage(Conflict):
    """Only texts of short messages are handed in."""

    code = "template-no-sms"


class NotApprovedYet(Conflict):
    """The vendor has yet to approve it."""

    code = "sms-not-approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDraft:
    """An account as somebody enters it."""

    vendor: str
    name: str
    app_id: str | None
    key_id: str
    secret: str
    signature: str
    price: int | None = None
    per_minute: int | None = None


@permitted(Permission.MESSAGE_MANAGE)
def create(actor: Actor, draft: AccountDraft) -> SmsAccount:
    """A new account, behind the others.

    :raises Invalid: naming what is missing
    :raises TooManyAccounts: when there are enough
    """
    _demand(draft.vendor, draft.app_id, draft.signature)
    count = db.session.scalar(select(func.count()).select_from(SmsAccount)) or 0
    if count >= MOST:
        raise TooManyAccounts(max=MOST)
    last = db.session.scalar(select(func.max(SmsAccount.place))) or 0
    at, account_id = clock.now(), new_id()
    plain = {name: value for name, value in asdict(draft).items() if name != "secret"}
    account = SmsAccount(
        id=account_id, secret=secrets.sealed(account_id, draft.secret), place=last + 1,
        state=AccountState.ON.value, created_at=at, updated_at=at, **plain,
    )  # fmt: skip
    db.session.add(account)
    db.session.flush()
    told = [one for one in audit.differences({}, trail.shown(account)) if one["after"] is not None]
    audit.record(actor, trail.entry(account, "created", told))
    return account


@guarded(manage)
def change(actor: Actor, account: SmsAccount, changes: Mapping[str, Any]) -> None:
    """Change an account; another vendor is another account.

    :param changes: any of name, state, app_id, key_id, secret, signature, price, per_minute, place
    :raises Invalid: naming what is missing
    """
    before = trail.shown(account)
    for name in changes.keys() - {"secret", "vendor"}:
        setattr(account, name, changes[name])
    _demand(account.vendor, account.app_id, account.signature)
    told = audit.differences(before, trail.shown(account))
    if "secret" in changes:
        account.secret = secrets.sealed(account.id, changes["secret"])
        told.append({"field": "secret", "before": None, "after": None})
    if not told:
        return
    account.trouble = account.troubled_since = None
    account.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(account, "updated", told))


@guarded(manage)
def remove(actor: Actor, account: SmsAccount) -> None:
    """Take an account away; what was handed in there is forgotten with it."""
    audit.record(actor, trail.entry(account, "deleted"))
    db.session.delete(account)
    db.session.flush()


@guarded(manage)
def hand_in(
    actor: Actor, account: SmsAccount, template: MessageTemplate, *, code: str | None = None
) -> SmsFiling:
    """Have a template approved at a vendor, or note that it is.

    :param code: the vendor's name of a text that it has approved already; it is looked up there
    :raises NotAShortMessage: for a mail
    :raises Invalid: about `code`
    """
    if template.way != Way.SMS:
        raise NotAShortMessage
    if code and account.vendor == Vendor.TENCENT and not tencent.is_code(code):
        raise invalid("code", "not-numeric")
    text, at = sms_text(template), clock.now()
    asked = select(SmsFiling).where(SmsFiling.account_id == account.id, SmsFiling.template_id == template.id)
    found = db.session.scalars(asked.with_for_update()).first()
    filed = found or SmsFiling(id=new_id(), account_id=account.id, template_id=template.id)
    filed.text, filed.variables, filed.code, filed.reason = text, variables_of(text), code, None
    filed.state = FilingState.PENDING if code else FilingState.SUBMITTING
    filed.submitted_at = filed.next_at = at
    filed.checked_at = None
    db.session.add(filed)
    db.session.flush()
    filing.note(at)
    told = [{"field": "template", "before": None, "after": template.name}]
    audit.record(actor, trail.entry(account, "sms-handed-in", told))
    return filed


@guarded(manage)
def test(
    actor: Actor, account: SmsAccount, template: MessageTemplate, number: str, values: Mapping[str, str]
) -> None:
    """Send one message to try an account out.

    :param values: what the variables of the template stand for in it
    :raises Invalid: about `number`
    :raises NotApprovedYet: where the vendor would refuse it
    """
    asked = select(SmsFiling.id).where(
        SmsFiling.account_id == account.id,
        SmsFiling.template_id == template.id,
        SmsFiling.state == FilingState.APPROVED,
    )
    if db.session.scalars(asked).first() is None:
        raise NotApprovedYet
    words = render(template, values)
    message = Message(
        kind="sms-test",
        facts={"template": str(template.id), "text": words.text, "values": dict(words.values)},
        to=number,
        dedupe_key=f"sms-test:{new_id().hex}",
        sender_id=actor.id,
    )
    messaging.enqueue("sms", [message])


def _demand(vendor: str, app_id: str | None, signature: str) -> None:
    if vendor == Vendor.TENCENT and not app_id:
        raise invalid("app_id", "required")
    if any(one in signature for one in "【】[]"):
        raise invalid("signature", "signature-bare")
