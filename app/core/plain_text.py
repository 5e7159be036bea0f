"""Text as people type it, in the form in which it is kept."""

import re
import unicodedata
from typing import Any

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_IN_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Unplain(Exception):
    """The value cannot be kept; `code` and `facts` say why."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def tidied(value: Any, longest: int, *, lines: bool = False) -> str:
    """A text without blanks around it, in one spelling of its characters; it may be empty.

    :param lines: whether it may have several
    :raises Unplain: for what is no text, holds control characters, or is too long
    """
    if not isinstance(value, str):
        raise Unplain("not-text")
    text = unicodedata.normalize("NFC", value).strip()
    if not text.isprintable() and (_CONTROL_IN_LINES if lines else _CONTROL).search(text):
        raise Unplain("bad-character")
    if len(text) > longest:
        raise Unplain("too-long", max=longest)
    return text
