"""Letters as somebody wants them; what cannot be taken is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.campaigns import queries as campaigns
from app.campaigns.audience import LISTINGS
from app.core import filters, relative_days
from app.core.db import db
from app.core.errors import FieldProblem, Invalid, NotFound
from app.core.plain_text import Unplain, tidied
from app.letters.models import Letter
from app.letters.states import CampaignPart
from app.letters.wording import PARTS, wanted
from app.message_templates import own_variables
from app.message_templates.parsing import Broken, pieces
from app.message_templates.variables import about_of, is_own
from app.outreach import conditions
from tenants import rls

LONGEST = {
    "name": 60,
    "heading": 60,
    "salutation": 100,
    "body": 6000,
    "signature": 300,
    "sender_name": 100,
    "sender_address": 200,
    "sender_postcode": 6,
    "sender_phone": 60,
}
IN_LINES = frozenset({"body", "signature"})
PLAIN = ("locale", "letterhead", "dated_on", "campaign_id", "campaign_part", "one_each")
_NEEDED = ("name", "body")
_FOUND = {
    "locale": "zh-CN",
    "letterhead": True,
    "campaign_part": CampaignPart.EVERYBODY.value,
    "one_each": False,
    "audience": {},
}
Problems = Iterator[FieldProblem]


@dataclass(slots=True)
class Words:
    """The words of a letter that is being written, with what stands around them."""

    locale: str
    heading: str | None
    salutation: str | None
    body: str
    signature: str | None


def demand(by: Actor, told: Mapping[str, Any], was: Letter | None = None) -> dict[str, Any]:
    """Fields of a letter in their stored form.

    :param was: the letter that is to be changed
    :raises Invalid: naming every one that cannot be taken
    """
    names = (*LONGEST, *PLAIN, "audience")
    whole = {name: told[name] if name in told else _was(was, name) for name in names}
    problems: list[FieldProblem] = []
    texts = _texts(by, whole, problems, needed=_NEEDED)
    problems += [*_wrong_campaign(by, whole), *_wrong_audience(by, whole["audience"])]
    if problems:
        raise Invalid(*problems)
    audience = {name: whole["audience"].get(name) or None for name in LISTINGS}
    return {**whole, **texts, "audience": audience, "campaign_part": str(whole["campaign_part"])}


def words(reader: Actor, told: Mapping[str, Any]) -> tuple[Words, dict[str, str | None]]:
    """The words of a letter that is not whole yet, to be looked at; with all its texts.

    :raises Invalid: naming every part that cannot be read
    """
    problems: list[FieldProblem] = []
    texts = _texts(reader, {name: told.get(name) for name in LONGEST}, problems)
    if problems:
        raise Invalid(*problems)
    return _worded(texts, told.get("locale") or "zh-CN"), texts


def _worded(texts: Mapping[str, str | None], locale: str = "") -> Words:
    heading, salutation, body, signature = (texts[part] for part in PARTS)
    return Words(locale, heading, salutation, body or "", signature)


def _was(was: Letter | None, name: str) -> Any:
    return _FOUND.get(name) if was is None else getattr(was, name)


def _texts(
    by: Actor, whole: Mapping[str, Any], problems: list[FieldProblem], *, needed: tuple[str, ...] = ()
) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, longest in LONGEST.items():
        try:
            found[name] = tidied(whole[name] or "", longest, lines=name in IN_LINES) or None
        except Unplain as wrong:
            problems.append(FieldProblem(name, wrong.code, tuple(wrong.facts.items())))
            continue
        if name in needed and not found[name]:
            problems.append(FieldProblem(name, "required"))
    if not problems:
        problems += [*_unreadable(by, found), *_wrong_postcode(found["sender_postcode"])]
    return found


def _unreadable(by: Actor, texts: Mapping[str, str | None]) -> Problems:
    for part in PARTS:
        try:
            pieces(texts[part] or "")
        except Broken as fault:
            yield FieldProblem(part, fault.code, tuple(fault.facts.items()))
            return
    try:
        found = wanted(_worded(texts))
    except Broken as fault:
        yield FieldProblem("body", fault.code, tuple(fault.facts.items()))
        return
    own = {one.name for one in own_variables.offered(by)} if any(map(is_own, found)) else frozenset()
    for name in found:
        if about_of(name) is not None:
            # Nothing gives a letter to many its reason.
            yield FieldProblem("body", "letter-variable-of-record", (("variable", name),))
        elif is_own(name) and name not in own:
            yield FieldProblem("body", "template-unknown-variable", (("variable", name),))


def _wrong_postcode(code: str | None) -> Problems:
    if code and not (len(code) == LONGEST["sender_postcode"] and code.isascii() and code.isdigit()):
        yield FieldProblem("sender_postcode", "letter-not-a-postcode")


def _wrong_campaign(by: Actor, whole: Mapping[str, Any]) -> Problems:
    if whole["campaign_id"] is None:
        return
    try:
        campaigns.get(by, whole["campaign_id"])
    except NotFound:
        yield FieldProblem("campaign_id", "unknown-reference")


def _wrong_audience(by: Actor, told: Mapping[str, Any]) -> Problems:
    for name, listing in LISTINGS.items():
        if tree := told.get(name):
            known = conditions.fields_of(rls.driver_of(db.session()), by, listing)
            try:
                filters.from_tree(relative_days.resolved(tree, known, by.zone), known, at=f"audience.{name}")
            except Invalid as wrong:
                yield from wrong.problems
