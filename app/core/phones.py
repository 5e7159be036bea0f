"""Phone numbers: one stored form, one shown form, and the digits a tail search looks at."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

from app.core.errors import FieldProblem, Invalid

HOME = "CN"
MAX_LENGTH = 40
TAIL = 4
"""A phone is found by its last digits, at least this many."""

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
_TYPED = re.compile(r"[0-9+()（）\-.·/\s#*xX,，;转分机ext]{3,40}")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as stored (E.164 where it is a valid one, else as typed) and what it is for."""

    number: str
    label: str = ""


def normalise(text: str, *, field: str = "number") -> str:
    """The stored form of a number: E.164 where it is valid, else as typed.

    :raises Invalid: naming `field`, if it is no phone number at all
    """
    typed = " ".join(unicodedata.normalize("NFKC", text).split())
    mobile = _MOBILE.fullmatch(re.sub(r"[\s\-().]", "", typed))
    if mobile:
        return f"+86{mobile[1]}"
    if not _TYPED.fullmatch(typed) or len(digits_of(typed)) < 3:
        raise Invalid(FieldProblem(field, "invalid-phone"))
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException:
        return typed
    # An extension has no place in E.164, and must not be lost.
    if number.extension or not phonenumbers.is_valid_number(number):
        return typed
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """A stored number as people at home write it: Chinese ones without +86."""
    if number.startswith("+861"):
        return number[3:]
    if not number.startswith("+"):
        return number
    parsed = phonenumbers.parse(number)
    home = parsed.country_code == phonenumbers.country_code_for_region(HOME)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


def digits_of(text: str) -> str:
    """The ASCII digits of a text, in order."""
    return "".join(character for character in text if character in "0123456789")


def is_mobile(number: str) -> bool:
    """Whether a stored number is that of a mobile at home."""
    return number.startswith("+861") and len(number) == 14
