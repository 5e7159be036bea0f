"""What vendors' codes come to: the longest beginning that is known says what a refusal is about."""

from collections.abc import Mapping

from app.sms.vendors.contract import About, Refused

AWAY, SILENT = "vendor-away", "no-answer"
_NOT_THERE = ("NewConnectionError", "ConnectTimeout", "NameResolutionError", "Connection refused")


def lost(words: str) -> str:
    """Whether a broken conversation had not even begun, by what the library says of it."""
    return AWAY if any(word in words for word in _NOT_THERE) else SILENT


def refused(code: str, known: Mapping[str, tuple[About, str]], *, otherwise: About = About.TEXT) -> Refused:
    """A refusal by the vendor's code.

    :param otherwise: what a code that is not known is about
    """
    if code == AWAY:
        return Refused(About.LINE, AWAY)
    if code == SILENT:
        return Refused(About.UNCLEAR, SILENT)
    fitting = [begins for begins in known if code.startswith(begins)]
    # What is not known is a refusal all the same: the vendor has answered, and not with yes.
    return Refused(*known[max(fitting, key=len)]) if fitting else Refused(otherwise, "refused")
