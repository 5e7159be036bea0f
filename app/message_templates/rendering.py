"""A template and what is known of a person become the words that are sent."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from app.consents.states import Purpose, Way
from app.message_templates import html
from app.message_templates.parsing import Piece, Slot, pieces, slots
from app.message_templates.segments import closed
from app.messaging.texts import one_line

ADVERTISING = {"zh-CN": "（广告）", "en": "(AD) "}
"""What the law wants at the beginning of the subject of mail that advertises."""
_MARKED = re.compile(r"\s*[（(\[【]?\s*(?:AD\b|广告)", re.IGNORECASE)


class Written(Protocol):
    """What is rendered: a template, or one that somebody is about to save."""

    way: str
    purpose: str
    locale: str
    subject: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Words:
    """What one person reads."""

    subject: str | None
    text: str
    html: str | None
    """Of a mail: what stands in its page."""
    values: Mapping[str, str]
    """What each variable of the template came to."""


class MissingValue(Exception):
    """Of somebody, something is not known that a template cannot do without."""

    def __init__(self, variables: Sequence[str]) -> None:
        super().__init__(", ".join(variables))
        self.variables = tuple(variables)


def render(template: Written, values: Mapping[str, str]) -> Words:
    """The words for one person.

    :raises MissingValue: naming every variable that is not known and has no fall-back
    """
    known = filled(template, values)
    body = pieces(_body(template), html=template.way == Way.MAIL)
    if template.way != Way.MAIL:
        return Words(None, _joined(body, known, str), None, known)
    clean = _joined(body, known, escape)
    subject = one_line(_joined(pieces(template.subject or ""), known, str))
    return Words(_marked(subject, template), html.plain(clean), html.dressed(clean), known)


def filled(template: Written, values: Mapping[str, str]) -> dict[str, str]:
    """What each variable of a template comes to for one person, in the order in which they stand.

    :raises MissingValue: naming every variable that is not known and has no fall-back
    """
    found = wanted(template)
    known = {name: one_line(values.get(name, "")) or slot.fallback or "" for name, slot in found.items()}
    missing = [name for name, value in known.items() if not value]
    if missing:
        raise MissingValue(missing)
    return known


def wanted(template: Written) -> dict[str, Slot]:
    """The variables of a template with their fall-backs, in the order in which they stand.

    :raises Broken: for what cannot be read
    """
    return slots([*pieces(template.subject or ""), *pieces(template.body, html=template.way == Way.MAIL)])


def sms_text(template: Written) -> str:
    """What a text message says before anything is filled in, as a vendor is to approve it."""
    return _body(template)


def _body(template: Written) -> str:
    if template.way == Way.MAIL:
        return template.body
    return closed(template.body, template.purpose, template.locale)


def _joined(several: Sequence[Piece], known: Mapping[str, str], written: Callable[[str], str]) -> str:
    return "".join(written(known[one.name]) if isinstance(one, Slot) else one for one in several)


def _marked(subject: str, template: Written) -> str:
    if template.purpose != Purpose.MARKETING or _MARKED.match(subject):
        return subject
    return ADVERTISING[template.locale] + subject
