"""Workbooks to fill in: headings in the reader's language, choices to pick from, and how it is done."""

from collections.abc import Sequence
from io import BytesIO
from typing import IO, Any

import xlsxwriter

from app.access.actor import Actor
from app.core.messages import say
from app.spreadsheets.registry import ASSET, CONTACT, CUSTOMER, PRODUCT, PURCHASE, imported_of
from app.spreadsheets.vocabulary import Field

ROWS = 2000
"""So many rows below the heading have lists to pick from."""
_LONGEST_PROMPT = 250
_WIDTHS = {"phones": 18, "text": 20, "email": 24, "customer": 26, "tags": 20}
_YES = {"zh-CN": ("是", "否"), "en": ("Yes", "No")}


def workbook(reader: Actor, record_type: str) -> IO[bytes]:
    """A template for one kind of record, with the company's own fields; whoever takes it closes it."""
    file = BytesIO()
    fields = [one for one in imported_of(reader, record_type).values() if one.kind != "id"]
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        _Template(book, reader.locale, record_type).write(fields)
    file.seek(0)
    return file


class _Template:
    """The sheets of a template."""

    def __init__(self, book: Any, locale: str, record_type: str) -> None:
        self.locale, self.type = locale, record_type
        self.rows = book.add_worksheet(self._say(_SHEETS[record_type]))
        self.help = book.add_worksheet(self._say("template-sheet-help"))
        self.lists = book.add_worksheet(self._say("template-sheet-lists"))
        self.needed = book.add_format({"bold": True, "num_format": "@", "bg_color": "#DCE6F9"})
        self.heading = book.add_format({"bold": True, "num_format": "@"})
        self.text = book.add_format({"num_format": "@"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def _say(self, code: str, **facts: object) -> str:
        return say(code, self.locale, **facts)

    def write(self, fields: Sequence[Field]) -> None:
        """Fill in all sheets; the first is the one that is brought in."""
        self.rows.freeze_panes(1, 1)
        self.help.set_column(0, 0, 24)
        self.help.set_column(1, 2, 60)
        self.help.write_row(0, 0, [self._say("template-field"), self._say("template-how")], self.heading)
        for at, one in enumerate(fields):
            label = one.label(self.locale)
            self.rows.set_column(at, at, _WIDTHS.get(one.kind, 14), self.text)
            self.rows.write_string(0, at, label, self.needed if one.required else self.heading)
            choices = self._choices(one)
            self.help.write_string(at + 1, 0, label, self.wrapped)
            self.help.write_string(at + 1, 1, self._how(one, choices), self.wrapped)
            if choices:
                self._offer(at, label, choices)
        notes = len(fields) + 2
        for at, code in enumerate(_NOTES):
            if code != _NOTES[-1] or self.type == CUSTOMER:
                self.help.write_string(notes + at, 1, self._say(code), self.wrapped)

    def _choices(self, one: Field) -> list[str]:
        if one.kind == "yes":
            return [*_YES[self.locale]]
        return [choice.label(self.locale) for choice in one.choices]

    def _how(self, one: Field, choices: Sequence[str]) -> str:
        kind = str(one.own.kind) if one.own else one.kind
        told = self._say(_KINDS.get(kind, "template-kind-text"))
        if choices:
            told = self._say("template-choices", choices="、".join(choices))
        return self._say("template-required") + told if one.required else told

    def _offer(self, at: int, label: str, choices: Sequence[str]) -> None:
        """Let people pick; other spellings are taken, too, as the product understands many."""
        self.lists.write_string(0, at, label, self.heading)
        self.lists.write_column(1, at, choices, self.text)
        column = xlsxwriter.utility.xl_col_to_name(at)
        sheet = self.lists.get_name().replace("'", "''")
        self.rows.data_validation(
            1, at, ROWS, at,
            {
                "validate": "list",
                "source": f"='{sheet}'!${column}$2:${column}${len(choices) + 1}",
                "error_type": "warning",
                "error_message": self._say("template-other")[:_LONGEST_PROMPT],
            },
        )  # fmt: skip


_SHEETS = {
    CUSTOMER: "template-sheet-rows",
    CONTACT: "template-sheet-contacts",
    PRODUCT: "template-sheet-products",
    ASSET: "template-sheet-assets",
    PURCHASE: "template-sheet-purchases",
}
_NOTES = (
    "template-note-heading", "template-note-id", "template-note-empty", "template-note-contacts",
)  # fmt: skip
_KINDS = {
    "phones": "template-kind-phones",
    "money": "template-kind-money",
    "whole": "template-kind-whole",
    "number": "template-kind-whole",
    "year": "template-kind-year",
    "email": "template-kind-email",
    "colleague": "template-kind-colleague",
    "customer": "template-kind-customer",
    "category": "template-kind-category",
    "percent": "template-kind-rate",
    "tags": "template-kind-tags",
    "multi_choice": "template-kind-tags",
    "birthday": "template-kind-birthday",
    "year_day": "template-kind-year-day",
    "contact": "template-kind-contact",
    "product": "template-kind-product",
    "quantity": "template-kind-quantity",
    "months": "template-kind-months",
    "interval": "template-kind-interval",
    "day": "template-kind-date",
    "date": "template-kind-date",
    "yes_no": "template-kind-yes",
}
"""How what a field takes is explained, by its kind; others are text."""
