"""Sign-in names: a mobile number or an e-mail address, in one normal form each."""

import re

import phonenumbers

from app.core.errors import invalid

_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+"
)
MAX_LENGTH = 254


def normalise(login: str, *, field: str = "login") -> str:
    """An e-mail in lower case or a mobile number in E.164.

    :raises Invalid: naming `field`, if it is neither
    """
    text = login.strip()
    if "@" in text:
        folded = text.lower()
        if len(folded) > MAX_LENGTH or not _EMAIL.fullmatch(folded):
            raise invalid(field, "invalid-email")
        return folded
    digits = re.sub(r"[\s\-()]", "", text)
    if re.fullmatch(r"1\d+", digits) and len(digits) != 11:
        raise invalid(field, "mobile-length", length=len(digits))
    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        raise invalid(field, "invalid-login") from None
    if not phonenumbers.is_valid_number(number):
        raise invalid(field, "invalid-login")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_email(login: str) -> bool:
    """Whether a normalised login can receive mail."""
    return "@" in login


def shown(login: str) -> str:
    """A normalised login as its owner would write it: Chinese mobiles without +86."""
    return login.removeprefix("+86")
