"""Layouts of paper on the wire."""

from typing import Any

from app.core.messages import LOCALES
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from app.papers import pictures
from app.papers.states import EVERY_COLUMN, IN_LINES, INK, LONGEST, Column

_LOGO = {"description": "A picture as a data URL; null takes it away"}
_PAGE = {"description": "The first page, a PNG as a data URL"}
_HEX = {"description": "As #2C4FA3"}


def _text(name: str, **more: Any) -> Text:
    return Text(max=LONGEST[name], allow_none=True, multiline=name in IN_LINES, **more)


class PaperLayoutPatch(Shape):
    """What is to be different."""

    name = Text(min=1, max=LONGEST["name"])
    is_default = Yes()
    locale = Choice(LOCALES, metadata={"description": "The language of the paper"})
    heading = _text("heading")
    company = _text("company")
    address = _text("address")
    phone = _text("phone")
    tax_number = _text("tax_number")
    bank = _text("bank")
    footer = _text("footer")
    colour = Text(max=7, metadata=_HEX)
    columns = Many(Choice(Column), max=len(Column))
    capitals = Yes(metadata={"description": "Whether amounts of yuan are told in capitals, too"})
    mail_subject = _text("mail_subject")
    mail_text = _text("mail_text")
    logo = Text(max=pictures.LONGEST, allow_none=True, metadata=_LOGO)


class PaperLayoutIn(PaperLayoutPatch):
    """A layout to be made."""

    name = Text(required=True, min=1, max=LONGEST["name"])
    locale = Choice(LOCALES, load_default=LOCALES[0])
    colour = Text(max=7, load_default=INK, metadata=_HEX)
    columns = Many(Choice(Column), max=len(Column), load_default=lambda: list(EVERY_COLUMN))
    capitals = Yes(load_default=True)


class PaperLayoutBrief(Shape):
    """A layout in the list."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST["name"])
    is_default = Yes(required=True)
    locale = Choice(LOCALES, required=True)
    updated_at = Instant(required=True)


class PaperLayoutList(Shape):
    """All layouts, the oldest first."""

    items = Many(Part(PaperLayoutBrief), required=True)


class PaperLayoutOut(PaperLayoutBrief):
    """A layout, whole."""

    heading = _text("heading", required=True)
    company = _text("company", required=True)
    address = _text("address", required=True)
    phone = _text("phone", required=True)
    tax_number = _text("tax_number", required=True)
    bank = _text("bank", required=True)
    footer = _text("footer", required=True)
    colour = Text(required=True, max=7, metadata=_HEX)
    columns = Many(Choice(Column), required=True)
    capitals = Yes(required=True)
    mail_subject = _text("mail_subject", required=True)
    mail_text = _text("mail_text", required=True)
    logo = Text(required=True, allow_none=True, max=pictures.LONGEST_SHOWN, metadata=_LOGO)


class PaperPreview(Shape):
    """How a layout looks."""

    page = Text(
        required=True, max=10_000_000, metadata={"description": "The first page, a PNG as a data URL"}
    )


class PaperQuery(Shape):
    """In which layout."""

    layout_id = Id()
