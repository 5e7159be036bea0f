"""What messages say: by kind, in the reader's language, filled with facts."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.messages import grouped
from app.messaging.texts import en, zh
from app.messaging.texts.wording import MailText

_LANGUAGES = {"zh-CN": zh, "en": en}
SECRET_KINDS = frozenset({"invitation", "password-reset", "second-factor-reset", "quote"})
"""Mails whose link opens a door: it is wiped once they are sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The words of an e-mail, before they become text and HTML."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str
    link_hint: str
    footer: str


def bell(kind: str, facts: Mapping[str, Any], locale: str) -> tuple[str, str]:
    """Title and body of a notification; one from older days may lack a fact or be of a forgotten kind."""
    words = _LANGUAGES.get(locale, zh)
    text = words.BELLS.get(kind, words.SOME_BELL)
    known = _Forgiving(grouped(facts))
    return text.title.format_map(known), text.body.format_map(known)


def check_bell(kind: str, facts: Mapping[str, Any]) -> None:
    """Make sure that a new notification has its words.

    :raises KeyError: for a kind or a fact that there is not
    """
    for words in _LANGUAGES.values():
        text = words.BELLS[kind]
        f"{text.title}{text.body}".format_map(facts)


class _Forgiving(dict[str, Any]):
    def __missing__(self, _fact: str) -> str:
        return "…"


def letter(kind: str, facts: Mapping[str, Any], locale: str) -> Letter:
    """The words of an e-mail.

    :raises KeyError: for a kind or a fact that there is not
    """
    words = _LANGUAGES.get(locale, zh)
    text = words.MAILS[kind]
    known = grouped(facts)
    return Letter(
        subject=one_line(text.subject.format_map(known)),
        paragraphs=tuple(
            line for paragraph in text.paragraphs for line in _lines(paragraph.format_map(known))
        ),
        button=text.button,
        link_hint=words.LINK_HINT,
        footer=text.footer.format_map(known) or words.FOOTER,
    )


def called(kind: str, facts: Mapping[str, Any], locale: str) -> str:
    """What to call an e-mail: its subject, or what it was if its facts are wiped already."""
    words: MailText = _LANGUAGES.get(locale, zh).MAILS[kind]
    if words.called and not facts:
        return words.called
    return one_line(words.subject.format_map(grouped(facts)))


def _lines(paragraph: str) -> list[str]:
    """What somebody wrote in several paragraphs, one by one."""
    return [part.strip() for part in re.split(r"\n\s*\n", paragraph) if part.strip()]


def storable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the database can hold them: without NUL and halves of characters."""
    return {
        name: "".join(c for c in fact if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
        if isinstance(fact, str)
        else fact
        for name, fact in facts.items()
    }


def one_line(text: str) -> str:
    """Text without line breaks and control characters, as a header or a title must be."""
    plain = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    return " ".join(plain.split())
