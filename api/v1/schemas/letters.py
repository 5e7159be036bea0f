"""Letters on the wire: what they say, whom they are for, and what was printed."""

from typing import Any

from api.v1.schemas.campaigns import CampaignAudience
from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.core.messages import LOCALES
from app.http.fields import Choice, Day, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from app.jobs.models import JobState
from app.letters.cards import PRINTINGS
from app.letters.drafts import IN_LINES, LONGEST
from app.letters.services import SHOWN
from app.letters.states import MOST_LABELS, CampaignPart, Form, Obstacle
from app.papers import pictures

_DATED = {"description": "The date on it; null: the day on which it is printed"}
_PAGE = {"description": "The first page, a PNG as a data URL"}
_CAMPAIGN = {"description": "Only for those whom this campaign meant"}
_FIRST = {"description": "On which label of the first sheet to begin"}
_BOXES = {"description": "Whether the boxes of the postcode are printed on envelopes, too"}
_ONE = {"description": "Whether each customer gets one, however many of its people are meant"}
_HEAD = {"description": "Whether logo and sender stand at the top"}


def _text(name: str, **more: Any) -> Text:
    return Text(max=LONGEST[name], allow_none=True, multiline=name in IN_LINES, **more)


class LetterWords(Shape):
    """What stands on the paper of a letter, and from whom it comes."""

    locale = Choice(LOCALES)
    heading = _text("heading")
    salutation = _text("salutation")
    body = _text("body")
    signature = _text("signature")
    letterhead = Yes(metadata=_HEAD)
    dated_on = Day(allow_none=True, metadata=_DATED)
    sender_name = _text("sender_name")
    sender_address = _text("sender_address")
    sender_postcode = _text("sender_postcode")
    sender_phone = _text("sender_phone")


class LetterPatch(LetterWords):
    """What is to be changed of a letter."""

    name = Text(min=1, max=LONGEST["name"])
    body = Text(min=1, max=LONGEST["body"], multiline=True)
    audience = Part(CampaignAudience)
    campaign_id = Id(allow_none=True, metadata=_CAMPAIGN)
    campaign_part = Choice(CampaignPart)
    one_each = Yes(metadata=_ONE)


class PostalLetterIn(LetterPatch):
    """A letter to be kept."""

    name = Text(required=True, min=1, max=LONGEST["name"])
    body = Text(required=True, min=1, max=LONGEST["body"], multiline=True)
    audience = Part(CampaignAudience, required=True)


class LetterOut(Shape):
    """A letter, and when it was printed."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST["name"])
    locale = Choice(LOCALES, required=True)
    heading = _text("heading", required=True)
    salutation = _text("salutation", required=True)
    body = Text(required=True, max=LONGEST["body"], multiline=True)
    signature = _text("signature", required=True)
    letterhead = Yes(required=True)
    dated_on = Day(required=True, allow_none=True, metadata=_DATED)
    sender_name = _text("sender_name", required=True)
    sender_address = _text("sender_address", required=True)
    sender_postcode = _text("sender_postcode", required=True)
    sender_phone = _text("sender_phone", required=True)
    audience = Part(CampaignAudience, required=True)
    campaign = Part(Ref, required=True, allow_none=True)
    campaign_part = Choice(CampaignPart, required=True)
    one_each = Yes(required=True)
    owner = Part(Ref, required=True, allow_none=True)
    printed_at = Instant(required=True, allow_none=True, metadata={"description": "The last time"})
    printings = Whole(required=True, min=0, metadata={"description": "How often it was printed"})
    created_at = Instant(required=True)
    updated_at = Instant(required=True)


class LetterPage(Shape):
    """A page of letters."""

    items = Many(Part(LetterOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class LetterCopyIn(Shape):
    """A letter that is to be like another."""

    name = Text(required=True, min=1, max=LONGEST["name"])


class LetterPrintIn(Shape):
    """What is to be printed of a letter."""

    paper = Choice(Form, load_default=Form.LETTER.value)
    first = Whole(min=1, max=MOST_LABELS, load_default=1, metadata=_FIRST)
    boxes = Yes(load_default=True, metadata=_BOXES)


class LetterPrinting(Shape):
    """That a letter was printed; its job has the file, and says who got none."""

    id = Id(required=True)
    job_id = Id(required=True)
    paper = Choice(Form, required=True)
    state = Choice(JobState, required=True)
    total = Whole(required=True, allow_none=True, min=0)
    succeeded = Whole(required=True, min=0)
    skipped = Whole(required=True, min=0)
    by = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)


class LetterPrintings(Shape):
    """When a letter was printed, the newest first."""

    items = Many(Part(LetterPrinting), required=True, max=PRINTINGS)


class LetterReason(Shape):
    """How many would get no letter, and why."""

    reason = Choice(Obstacle, required=True)
    count = Whole(required=True, min=1)


class LetterLeftOut(Shape):
    """Somebody who would get no letter."""

    contact_id = Id(required=True)
    name = Text(required=True, max=200)
    customer = Text(required=True, allow_none=True, max=200)
    reason = Choice(Obstacle, required=True)


class LetterForecast(Shape):
    """What would come of printing a letter now."""

    total = Whole(required=True, min=0)
    ready = Whole(required=True, min=0)
    reasons = Many(Part(LetterReason), required=True, max=len(Obstacle))
    left_out = Many(Part(LetterLeftOut), required=True, max=SHOWN)


class LetterPreviewIn(LetterWords):
    """A letter that is being written, to be looked at."""

    paper = Choice(Form, load_default=Form.LETTER.value)
    first = Whole(min=1, max=MOST_LABELS, load_default=1, metadata=_FIRST)
    boxes = Yes(load_default=True, metadata=_BOXES)


class LetterPreview(Shape):
    """How a letter looks for a made-up person."""

    page = Text(required=True, max=pictures.LONGEST_SHOWN, metadata=_PAGE)
