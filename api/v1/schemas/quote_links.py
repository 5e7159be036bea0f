"""Links to quotes and letters with them, on the wire."""

from typing import Any

from api.v1.schemas.session import Ref
from app.approvals import signing
from app.core.messages import LOCALES
from app.http.fields import Choice, Email, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from app.papers import pictures
from app.papers.states import LONGEST
from app.quotes.drafts import LONGEST as LONGEST_IN_QUOTE
from app.quotes.drafts import LONGEST_REASON
from app.quotes.letters import MOST_RECIPIENTS
from app.quotes.links.models import LONGEST_NAME, LONGEST_RECIPIENT
from app.quotes.states import Outcome

_SIGNATURE = {"description": "A picture as a data URL"}
_LOCALE = {"description": "Null: the language of the company's layout"}


class LinkIn(Shape):
    """A link to be made."""

    recipient = Text(max=LONGEST_RECIPIENT, allow_none=True, load_default=None)
    layout_id = Id(allow_none=True, load_default=None)


class LinkMade(Shape):
    """A link, shown once."""

    address = Text(required=True, allow_none=True, max=400, metadata={"description": "Null in a replay"})


class LinkOut(Shape):
    """A link, and what came of it."""

    id = Id(required=True)
    revision = Whole(required=True)
    recipient = Text(required=True, allow_none=True, max=LONGEST_RECIPIENT)
    alive = Yes(required=True, metadata={"description": "Whether it still opens the quote"})
    created_by = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)
    expires_at = Instant(required=True)
    revoked_at = Instant(required=True, allow_none=True)
    opened_at = Instant(required=True, allow_none=True)
    last_opened_at = Instant(required=True, allow_none=True)
    opens = Whole(required=True)
    outcome = Choice(Outcome, required=True, allow_none=True)
    answered_at = Instant(required=True, allow_none=True)
    answered_by = Text(required=True, allow_none=True, max=LONGEST_NAME)
    note = Text(required=True, allow_none=True, max=LONGEST_REASON, multiline=True)
    signature = Text(required=True, allow_none=True, max=pictures.LONGEST_SHOWN, metadata=_SIGNATURE)


class LinkList(Shape):
    """All links to a quote, the latest first."""

    items = Many(Part(LinkOut), required=True)


class LetterQuery(Shape):
    """In which layout."""

    layout_id = Id()


class LetterDraft(Shape):
    """The words of a letter to begin with."""

    subject = Text(required=True, max=1000)
    text = Text(required=True, max=10_000, multiline=True)


class LetterIn(Shape):
    """A letter that brings a quote."""

    to = Many(Email(), required=True, max=MOST_RECIPIENTS)
    cc = Many(Email(), max=MOST_RECIPIENTS, load_default=list)
    subject = Text(required=True, min=1, max=LONGEST["mail_subject"])
    text = Text(required=True, min=1, max=LONGEST["mail_text"], multiline=True)
    layout_id = Id(allow_none=True, load_default=None)


class OpeningIn(Shape):
    """The token of a link."""

    token = Text(required=True, min=1, max=300)
    locale = Choice(LOCALES, allow_none=True, load_default=None, metadata=_LOCALE)


class AnswerIn(OpeningIn):
    """What the customer says."""

    outcome = Choice(Outcome, required=True)
    name = Text(max=LONGEST_NAME, allow_none=True, load_default=None)
    note = Text(max=LONGEST_REASON, allow_none=True, load_default=None, multiline=True)
    signature = Text(max=signing.LONGEST, allow_none=True, load_default=None, metadata=_SIGNATURE)


class ColumnOut(Shape):
    """A column of a quote's lines."""

    name = Text(required=True, max=40)
    right = Yes(required=True)
    wide = Yes(required=True)


def _pairs() -> Many:
    return Many(Many(_word()), required=True)


def _word(**more: Any) -> Text:
    return Text(max=10_000, multiline=True, **more)


class OpenedQuote(Shape):
    """A quote as its customer reads it: no id of anything, and nothing that only colleagues may know."""

    lang = Choice(("zh", "en"), required=True)
    colour = Text(required=True, max=7)
    logo = Text(required=True, allow_none=True, max=pictures.LONGEST_SHOWN)
    heading = Text(required=True, max=LONGEST["heading"])
    company = Text(required=True, max=LONGEST["company"])
    title = Text(required=True, max=LONGEST_IN_QUOTE["title"])
    details = Many(_word(), required=True)
    facts = _pairs()
    addressed = _pairs()
    columns = Many(Part(ColumnOut), required=True)
    rows = Many(Many(Many(_word())), required=True)
    sums = _pairs()
    total = Many(_word(), required=True)
    capitals = _word(required=True)
    terms = _word(required=True)
    footer = _word(required=True)
    bank = _word(required=True)
    state = Choice(("open", *Outcome), required=True)
    can_answer = Yes(required=True)
    answered_at = Instant(required=True, allow_none=True)
    answered_by = Text(required=True, allow_none=True, max=LONGEST_NAME)
