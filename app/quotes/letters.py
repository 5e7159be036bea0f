"""The mail that brings a quote to its customer: its words to begin with, and its sending."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access import logins, throttle
from app.access.actor import Actor
from app.access.models import User
from app.access.rules import guarded
from app.consents import suppressing
from app.consents.states import Way
from app.core.db import db
from app.core.errors import FieldProblem, Invalid, invalid
from app.core.events import publish
from app.customers import queries as customers
from app.events.quotes import QuoteLetter, QuoteMailed
from app.papers import queries as papers
from app.quotes import policies, progress
from app.quotes.links import making
from app.quotes.models import Quote
from app.quotes.paper import with_currency
from app.quotes.paper_words import WORDS
from tenants.context import require_tenant_id

MOST_RECIPIENTS = 10
_IN_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What somebody writes to a customer."""

    to: Sequence[str]
    cc: Sequence[str]
    subject: str
    text: str
    layout_id: UUID | None


@guarded(policies.submit)
def drafted(actor: Actor, quote: Quote, *, layout_id: UUID | None) -> Mapping[str, str]:
    """Subject and text to begin with: the company's own, or ours, in the language of the paper.

    :raises NotFound: if there is no such layout
    """
    layout = papers.chosen(actor, layout_id)
    words = WORDS[layout.locale]
    product = Actor.system(require_tenant_id())
    until = words["mail_until"].format(day=quote.valid_until) if quote.valid_until else ""
    known = {
        "company": layout.company or papers.company().name,
        "customer": customers.get(product, quote.customer_id).name,
        "title": quote.title,
        "number": quote.number,
        "gross": with_currency(quote.gross, quote.currency),
        "until": until,
        "sender": actor.name,
    }
    return {
        "subject": _filled(layout.mail_subject or words["mail_subject"], known),
        "text": _filled(layout.mail_text or words["mail_text"], known),
    }


def _filled(template: str, known: Mapping[str, str]) -> str:
    """A template with what stands in braces filled in; what is not known stays as it is."""
    return _IN_BRACES.sub(lambda found: known.get(found[1], found[0]), template)


@guarded(policies.submit)
def send(actor: Actor, quote: Quote, letter: Letter) -> None:
    """Mail a quote to each recipient, as PDF and with a link of their own; it has gone out then.

    :raises QuoteNotOpen: if it may not go out, or is decided already
    :raises TooManyAttempts: for whoever writes too many
    :raises Invalid: naming the field that cannot be taken
    """
    everybody = list(dict.fromkeys([*letter.to, *letter.cc]))
    if not letter.to:
        raise invalid("to", "required")
    if len(everybody) > MOST_RECIPIENTS:
        raise invalid("cc", "too-many", max=MOST_RECIPIENTS)
    _demand_open(letter)
    # Words of one's own to any address: nobody shall mail strangers by the thousand.
    throttle.count(throttle.QUOTE_LETTERS_BY_USER, actor.id.hex, times=len(everybody))
    progress.mail(actor, quote, to=everybody, subject=letter.subject)
    letters = [
        QuoteLetter(to=one, token=making.issue(actor, quote, recipient=one, layout_id=letter.layout_id))
        for one in everybody
    ]
    layout = papers.chosen(actor, letter.layout_id)
    publish(
        QuoteMailed(
            quote_id=quote.id,
            revision=quote.revision,
            layout_id=letter.layout_id,
            letters=tuple(letters),
            to=tuple(letter.to),
            cc=tuple(one for one in letter.cc if one not in letter.to),
            subject=letter.subject,
            text=letter.text,
            company=layout.company or papers.company().name,
            sender_id=actor.id,
            reply_to=_address_of(actor),
            locale=layout.locale,
        )
    )


def _demand_open(letter: Letter) -> None:
    """Refuse addresses that nothing is sent to, while whoever writes can still choose others."""
    closed = suppressing.listed(Way.MAIL, [*letter.to, *letter.cc])
    problems = [
        FieldProblem(f"{name}.{place}", "suppressed-address")
        for name, addresses in (("to", letter.to), ("cc", letter.cc))
        for place, one in enumerate(addresses)
        if one in closed
    ]
    if problems:
        raise Invalid(*problems)


def _address_of(sender: Actor) -> str | None:
    user: Any = db.session.get(User, (require_tenant_id(), sender.id))
    return user.login if user is not None and logins.is_email(user.login) else None
