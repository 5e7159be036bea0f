"""Letters, envelopes and labels on paper: templates of ours, filled with plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from app.letters.states import ENVELOPES, LABELS, Form
from app.papers import press

_HERE = Path(__file__).parent
_TEMPLATES = {name: (_HERE / f"{name}.typ").read_bytes() for name in ("letter", "envelope", "labels")}
_PHONE = {"zh-CN": "电话", "en": "Tel."}
Told = Mapping[str, Any]


def pdf(form: Form, frame: Told, letters: Sequence[Told], *, skipped: int = 0) -> bytes:
    """What is printed for these people, as a PDF.

    :param frame: what all have in common, from `frame_of`
    :param letters: address and words of each
    :param skipped: how many labels of the first sheet are used up
    """
    name, data = _filled(form, frame, letters, skipped)
    return press.pdf(_TEMPLATES[name], data)


def first_page(form: Form, frame: Told, letters: Sequence[Told], *, skipped: int = 0) -> bytes:
    """How the first page of it looks, as a PNG."""
    name, data = _filled(form, frame, letters, skipped)
    return press.first_page(_TEMPLATES[name], data)


def frame_of(letter: Told, *, logo: bytes | None, on: date, boxes: bool) -> dict[str, Any]:
    """What all papers of a letter have in common, as plain data.

    :param letter: the fields of a letter
    :param on: the day that is its date unless it has one
    """
    locale = letter["locale"]
    address = letter["sender_address"] or ""
    postcode = letter["sender_postcode"] or ""
    phone = f"{_PHONE[locale]} {letter['sender_phone']}" if letter["sender_phone"] else ""
    name = letter["sender_name"] or ""
    return {
        "title": letter["name"] or "",
        "lang": locale[:2],
        "region": "cn" if locale == "zh-CN" else "us",
        "letterhead": letter["letterhead"],
        "date": written(letter["dated_on"] or on, locale),
        "logo": list(logo) if logo and letter["letterhead"] else None,
        "boxes": boxes,
        "sender": {
            "name": name,
            "details": [one for one in (f"{address} {postcode}".strip(), phone) if one],
            "envelope": [one for one in (address, name, postcode) if one],
        },
    }


def written(day: date, locale: str) -> str:
    """A day as letters have it."""
    return f"{day:%B} {day.day}, {day.year}" if locale == "en" else f"{day.year}年{day.month}月{day.day}日"


def _filled(form: Form, frame: Told, letters: Sequence[Told], skipped: int) -> tuple[str, dict[str, Any]]:
    data = {**frame, "letters": list(letters)}
    if form in ENVELOPES:
        return "envelope", data | asdict(ENVELOPES[form])
    if form in LABELS:
        return "labels", data | {"sheet": asdict(LABELS[form]), "skipped": skipped}
    return "letter", data
