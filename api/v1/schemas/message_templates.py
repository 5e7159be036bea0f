"""Templates of messages on the wire."""

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.consents.states import Purpose
from app.fields.services import MOST as MOST_FIELDS
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from app.message_templates.drafts import LONGEST
from app.message_templates.states import LOCALES, WAYS, TemplateState
from app.message_templates.variables import KINDS, VARIABLES

_BODY = {"description": "Of a mail HTML, of a text message its text; variables as {{contact.name|fall-back}}"}
_LINKS = {"description": "Whether addresses may stand in a text message"}
_TWIN_OF = {"description": "The template of which it says the same in another language"}
_PAGE = 200_000
_MOST_VARIABLES = len(VARIABLES) + len(KINDS) * MOST_FIELDS


class MessageTemplatePatch(Shape):
    """What is to be changed of a template."""

    name = Text(min=1, max=LONGEST["name"])
    purpose = Choice(Purpose)
    locale = Choice(LOCALES)
    subject = Text(max=LONGEST["subject"], allow_none=True)
    body = Text(max=LONGEST["body"], multiline=True, metadata=_BODY)
    links = Yes(metadata=_LINKS)
    state = Choice(TemplateState)


class MessageTemplateIn(Shape):
    """A template to be made."""

    name = Text(required=True, min=1, max=LONGEST["name"])
    way = Choice(WAYS, required=True)
    purpose = Choice(Purpose, required=True)
    locale = Choice(LOCALES, load_default="zh-CN")
    subject = Text(max=LONGEST["subject"], allow_none=True, load_default=None)
    body = Text(required=True, max=LONGEST["body"], multiline=True, metadata=_BODY)
    links = Yes(load_default=False, metadata=_LINKS)


class TranslationIn(Shape):
    """A language to translate a template into."""

    locale = Choice(LOCALES, required=True)


class MessageTemplateTwin(Shape):
    """A template that says the same in another language."""

    id = Id(required=True)
    locale = Choice(LOCALES, required=True)
    state = Choice(TemplateState, required=True)


class MessageTemplateOut(Shape):
    """A template."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST["name"])
    way = Choice(WAYS, required=True)
    purpose = Choice(Purpose, required=True)
    locale = Choice(LOCALES, required=True)
    subject = Text(required=True, allow_none=True, max=LONGEST["subject"])
    body = Text(required=True, max=LONGEST["body"], multiline=True)
    links = Yes(required=True)
    variables = Many(Text(max=60), required=True)
    state = Choice(TemplateState, required=True)
    used = Yes(required=True, metadata={"description": "Whether it was ever active, and so only archived"})
    twin_of_id = Id(required=True, allow_none=True, metadata=_TWIN_OF)
    twins = Many(Part(MessageTemplateTwin), required=True, max=len(LOCALES))
    updated_by = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    editable = Yes(required=True)


class MessageTemplatePage(Shape):
    """A page of templates."""

    items = Many(Part(MessageTemplateOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class TrialMail(Shape):
    """Where a trial was sent."""

    address = Text(required=True, max=254)


class MessageVariable(Shape):
    """Something that is filled in for each person."""

    name = Text(required=True, max=60)
    zh = Text(required=True, max=60)
    en = Text(required=True, max=60)
    about = Text(
        required=True,
        allow_none=True,
        max=60,
        metadata={"description": "The kind of record that must give the reason of the message"},
    )
    always = Yes(required=True, metadata={"description": "Whether nobody lacks it"})


class MessageVariables(Shape):
    """All variables."""

    items = Many(Part(MessageVariable), required=True, max=_MOST_VARIABLES)


class MessagePreviewIn(Shape):
    """A message that somebody is writing."""

    way = Choice(WAYS, required=True)
    purpose = Choice(Purpose, required=True)
    locale = Choice(LOCALES, load_default="zh-CN")
    subject = Text(max=LONGEST["subject"], allow_none=True, load_default=None)
    body = Text(required=True, max=LONGEST["body"], multiline=True, metadata=_BODY)
    links = Yes(load_default=False, metadata=_LINKS)
    contact_id = Id(
        allow_none=True,
        load_default=None,
        metadata={"description": "Who would read it; null: somebody of whom all is known"},
    )


class MessagePreview(Shape):
    """How somebody would read it."""

    subject = Text(required=True, allow_none=True, max=1000)
    text = Text(required=True, max=_PAGE, multiline=True)
    html = Text(required=True, allow_none=True, max=_PAGE, multiline=True)
    characters = Whole(required=True, allow_none=True)
    segments = Whole(required=True, allow_none=True)
    missing = Many(Text(max=60), required=True, max=_MOST_VARIABLES)
