"""How fields and their choices are recognised by the words that files use for them.

Words are compared folded: half width, lower case, letters and digits only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import Literal

from app.core.remembering import remembered
from app.core.search import fold
from app.fields.catalogue import CustomField

Kind = Literal[
    "text", "choice", "whole", "year", "money", "phones", "email", "colleague", "customer", "tags",
    "birthday", "yes", "department", "instant", "id", "own", "percent",
    "category", "contact", "product", "day", "year_day", "quantity", "months", "interval",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a file is written for."""

    locale: str
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of the product, and how files spell it."""

    value: str
    label_zh: str
    label_en: str
    sure: str = ""
    """Other spellings that mean just this."""
    likely: str = ""
    """Spellings that probably mean this; people are asked to confirm."""

    def label(self, locale: str) -> str:
        """What people call it."""
        return self.label_en if locale == "en" else self.label_zh


@dataclass(frozen=True)
class Field:
    """A field of a record as a column of a file."""

    name: str
    kind: Kind
    label_zh: str
    label_en: str
    headings: str
    """Headings that mean this field for sure."""
    hints: str = ""
    """Parts of headings that make it likely."""
    choices: tuple[Choice, ...] = ()
    imported: bool = True
    """Whether a file may also say what it shall be."""
    own: CustomField | None = None
    """Which of the company's own fields it is, if it is one."""
    needed: bool = False
    """Whether nothing can be made without it."""
    aside: bool = False
    """Whether it only says how other columns of its row are meant."""

    @property
    def required(self) -> bool:
        """Whether a row cannot do without it."""
        return self.needed or self.name in {"name", "list_price"}

    def label(self, locale: str) -> str:
        """What people call it."""
        return self.label_en if locale == "en" else self.label_zh

    @cached_property
    def sure_headings(self) -> frozenset[str]:
        """Folded headings that mean this field for sure."""
        return _words(f"{self.name} {self.label_zh} {self.label_en.replace(' ', '')} {self.headings}")

    @cached_property
    def likely_parts(self) -> frozenset[str]:
        """Folded parts of headings that make this field likely."""
        return _words(self.hints)

    @cached_property
    def sure_words(self) -> Mapping[str, str]:
        """Folded spellings of the choices, and what each means."""
        return {
            word: choice.value
            for choice in self.choices
            for word in _words(
                f"{choice.value} {choice.label_zh} {choice.label_en.replace(' ', '')} {choice.sure}"
            )
        }

    @cached_property
    def likely_words(self) -> Mapping[str, str]:
        """Folded spellings that probably mean a choice."""
        return {word: choice.value for choice in self.choices for word in _words(choice.likely)}


@remembered(8192)
def key_of(word: str) -> str:
    """A word as words are compared; of one without letters or digits, such as ★★★, the word itself."""
    return fold(word) or word


def _words(text: str) -> frozenset[str]:
    return frozenset(folded for word in text.split() if (folded := fold(word)))
