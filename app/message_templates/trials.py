"""Trying out how a mail arrives, by sending it to oneself."""

from app.access.actor import Actor
from app.access.models import User
from app.access.rules import guarded
from app.audit import services as audit
from app.consents.states import Way
from app.core.db import db
from app.core.errors import Conflict
from app.core.ids import new_id
from app.message_templates import enclosed, own_variables, trail
from app.message_templates.models import MessageTemplate
from app.message_templates.rendering import render
from app.message_templates.services import manage
from app.messaging import services as messaging
from app.messaging import written
from app.messaging.channels.contract import Envelope, Message

_MARK = {"zh-CN": "【试发】", "en": "[Trial] "}


class TemplateNotMail(Conflict):
    """There is nothing to look at in a text message that a preview does not show."""

    code = "template-not-mail"


class NoOwnAddress(Conflict):
    """Whoever asks has no address to which a mail could go."""

    code = "no-own-address"


@guarded(manage)
def send(actor: Actor, template: MessageTemplate) -> str:
    """Send a mail with samples filled in to oneself; returns where it goes.

    :raises TemplateNotMail: for a text message
    :raises NoOwnAddress: for somebody who signs in with a number
    """
    if template.way != Way.MAIL:
        raise TemplateNotMail
    user = db.session.get(User, (actor.tenant_id, actor.id))
    address = user.mail_address if user else None
    if address is None:
        raise NoOwnAddress
    words = render(template, own_variables.samples(actor, template.locale))
    facts = {
        "subject": _MARK[template.locale] + (words.subject or ""),
        "text": words.text,
        "html": words.html,
    }
    envelope = Envelope(to=[address], enclosed=enclosed.of([template.id]).get(template.id))
    trial = Message(
        kind=written.TRIAL,
        facts=facts,
        to=address,
        envelope=envelope,
        locale=template.locale,
        dedupe_key=f"{written.TRIAL}:{new_id()}",
        sender_id=actor.id,
    )
    messaging.send_letters([trial])
    audit.record(actor, trail.entry(template, "tried-out"))
    return address
