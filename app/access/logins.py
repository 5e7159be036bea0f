"""Sign-in names: a mobile number or an e-mail address, in one normal form each."""

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberType

from app.core.errors import invalid

_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+"
)
_BETWEEN_DIGITS = re.compile(r"[\s\-().·/‐‑‒–—−]")
_CHINESE_PREFIX = re.compile(r"^(?:\+|00)?86(?=1)")
_CHINESE_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_CHINESE_LENGTH = 11
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
MAX_LENGTH = 254


def normalise(login: str, *, field: str = "login") -> str:
    """An e-mail in lower case or a mobile number in E.164, however it was written.

    :raises Invalid: naming `field`, if it is neither
    """
    text = unicodedata.normalize("NFKC", login).strip()
    if "@" in text:
        folded = text.lower()
        if len(folded) > MAX_LENGTH or not _EMAIL.fullmatch(folded):
            raise invalid(field, "invalid-email")
        return folded
    digits = _BETWEEN_DIGITS.sub("", text)
    if not re.fullmatch(r"\+?[0-9]{3,20}", digits):
        raise invalid(field, "invalid-login")
    national = _CHINESE_PREFIX.sub("", digits)
    if national.startswith("1"):
        return _chinese(national, field)
    return _foreign(digits, field)


def _chinese(digits: str, field: str) -> str:
    if len(digits) != _CHINESE_LENGTH:
        raise invalid(field, "mobile-length", length=len(digits))
    if not _CHINESE_MOBILE.fullmatch(digits):
        raise invalid(field, "invalid-login")
    return f"+86{digits}"


def _foreign(digits: str, field: str) -> str:
    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        raise invalid(field, "invalid-login") from None
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in _MOBILE:
        raise invalid(field, "invalid-login")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_email(login: str) -> bool:
    """Whether a normalised login can receive mail."""
    return "@" in login


def shown(login: str) -> str:
    """A normalised login as its owner would write it: Chinese mobiles without +86."""
    return login.removeprefix("+86")
