"""What printed files are called."""

import re
from datetime import datetime

from app.letters.states import ENVELOPES, LABELS, Form

_NOUNS = {"letter": ("信函", "letters"), "envelope": ("信封", "envelopes"), "labels": ("标签", "labels")}
_UNFIT = re.compile(r'[\\/:*?"<>|]')


def filename(name: str, form: Form, locale: str, at: datetime) -> str:
    """A name that says what is inside and of when it is."""
    kind = "envelope" if form in ENVELOPES else "labels" if form in LABELS else "letter"
    noun = _NOUNS[kind][locale == "en"]
    return f"{_UNFIT.sub(' ', name).strip()} {noun} {at:%Y-%m-%d %H%M}.pdf"
