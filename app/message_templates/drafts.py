"""Templates as somebody wants them; what cannot be sent is refused before it is saved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.consents.states import Way
from app.core.errors import FieldProblem, Invalid, invalid
from app.core.plain_text import Unplain, tidied
from app.message_templates import html, segments
from app.message_templates.parsing import Broken, Slot, pieces
from app.message_templates.rendering import sms_text, wanted
from app.message_templates.variables import is_own

LONGEST = {"name": 60, "subject": 150, "body": 50_000}
FIELDS = ("name", "way", "purpose", "locale", "subject", "body", "links")


@dataclass(slots=True)
class Draft:
    """A template as it would stand."""

    name: str
    way: str
    purpose: str
    locale: str
    subject: str | None
    body: str
    links: bool = False


def demand(
    wanted_: Mapping[str, Any], was: Any = None, *, own: Collection[str] = ()
) -> tuple[Draft, list[str]]:
    """A whole template in its stored form, and the variables that stand in it.

    :param was: what it is now, if it is to be changed
    :param own: the variables that are fields of the company's own
    :raises Invalid: naming every field that cannot be taken
    """
    draft = Draft(**{name: wanted_[name] if name in wanted_ else getattr(was, name) for name in FIELDS})
    problems: list[FieldProblem] = []
    _tidy(draft, "name", problems)
    if draft.way == Way.MAIL:
        _demand_mail(draft, problems)
    else:
        _demand_sms(draft, problems)
    for field in ("subject", "body"):
        _demand_readable(draft, field, problems)
    if problems:
        raise Invalid(*problems)
    try:
        variables = list(wanted(draft))
    except Broken as fault:
        raise Invalid(FieldProblem("body", fault.code, tuple(fault.facts.items()))) from None
    # A field that was retired since keeps nobody from archiving what speaks of it.
    known = {*own, *(was.variables if was is not None else ())}
    if gone := [name for name in variables if is_own(name) and name not in known]:
        raise invalid("body", "template-unknown-variable", variable=gone[0])
    return draft, variables


def _tidy(draft: Draft, field: str, problems: list[FieldProblem]) -> None:
    try:
        value = tidied(getattr(draft, field) or "", LONGEST[field])
    except Unplain as fault:
        problems.append(FieldProblem(field, fault.code, tuple(fault.facts.items())))
        return
    setattr(draft, field, value)
    if not value:
        problems.append(FieldProblem(field, "required"))


def _demand_mail(draft: Draft, problems: list[FieldProblem]) -> None:
    draft.links = False
    _tidy(draft, "subject", problems)
    if len(draft.body) > LONGEST["body"]:
        problems.append(FieldProblem("body", "too-long", (("max", LONGEST["body"]),)))
        return
    if html.links_with_variables(draft.body):
        problems.append(FieldProblem("body", "template-link-variable"))
    draft.body = html.cleaned(draft.body)
    if not html.plain(draft.body):
        problems.append(FieldProblem("body", "required"))


def _demand_sms(draft: Draft, problems: list[FieldProblem]) -> None:
    draft.subject = None
    try:
        draft.body = tidied(draft.body, LONGEST["body"], lines=True)
    except Unplain as fault:
        problems.append(FieldProblem("body", fault.code, tuple(fault.facts.items())))
        return
    if not draft.body:
        problems.append(FieldProblem("body", "required"))
    elif "\n" in draft.body or "\r" in draft.body:
        problems.append(FieldProblem("body", "template-line-break"))
    elif len(sms_text(draft)) > segments.LONGEST:
        problems.append(FieldProblem("body", "too-long", (("max", segments.LONGEST),)))
    else:
        _demand_sendable(draft, problems)


def _demand_sendable(draft: Draft, problems: list[FieldProblem]) -> None:
    try:
        found = pieces(draft.body)
    except Broken:
        return  # Told of where variables are read.
    texts = [(one.fallback or "") if isinstance(one, Slot) else one for one in found]
    refused = segments.unsendable("".join(texts))
    if refused is not None:
        problems.append(FieldProblem("body", "template-unsendable", (("character", refused),)))
    elif not draft.links and any(map(segments.has_link, texts)):
        problems.append(FieldProblem("body", "template-link"))


def _demand_readable(draft: Draft, field: str, problems: list[FieldProblem]) -> None:
    if any(problem.field == field for problem in problems):
        return
    try:
        pieces(getattr(draft, field) or "", html=field == "body" and draft.way == Way.MAIL)
    except Broken as fault:
        problems.append(FieldProblem(field, fault.code, tuple(fault.facts.items())))
