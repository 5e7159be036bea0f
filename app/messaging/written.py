"""Messages whose words were written by the company itself, and are at hand whole when they are sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.messaging import mail_page
from app.messaging.followed_links import by_way_of_us
from app.messaging.mail_page import Links
from app.messaging.texts import one_line

OUTREACH, TRIAL = "outreach", "template-trial"
KINDS = frozenset({OUTREACH, TRIAL})


@dataclass(frozen=True, slots=True)
class Mail:
    """A written mail, ready for its headers."""

    subject: str
    text: str
    html: str
    unsubscribe: str | None
    """Where a programme for mail says that its reader wants to hear no more of the like."""


def check(facts: Mapping[str, Any]) -> None:
    """Make sure that there is something to send.

    :raises KeyError: for words that are not there
    """
    if not (facts["subject"] and facts["text"] and facts["html"]):
        raise KeyError("subject, text, html")


def mail(facts: Mapping[str, Any], locale: str, public_url: str, *, letter: tuple[int, UUID]) -> Mail:
    """The page, the text and the way out of a written mail.

    :param letter: whose letter it is, and which
    """
    subject, token = one_line(facts["subject"]), facts.get("unsubscribe")
    links = Links(f"{public_url}/p#token={token}") if token else None
    out = f"{public_url}/api/v1/unsubscriptions?purpose={facts['purpose']}&token={token}" if token else None
    html = facts["html"]
    if facts.get("follows"):
        html = by_way_of_us(html, *letter, public_url)
    return Mail(
        subject,
        mail_page.text(facts["text"], locale, links=links),
        mail_page.whole(subject, html, locale, links=links),
        out,
    )
