"""How somebody is addressed in a letter."""

import re

from app.contacts.states import Gender
from app.core.pinyin_tables import COMPOUND_SURNAMES

_CHINESE = re.compile(r"[\u3400-\u9fff]{2,4}")
_TITLES = {
    "zh-CN": {Gender.MALE: "先生", Gender.FEMALE: "女士"},
    "en": {Gender.MALE: "Mr.", Gender.FEMALE: "Ms."},
}


def salutation(name: str, gender: str | None, locale: str) -> str:
    """张先生 for 张建国; the whole name where nobody has noted whether it is a man or a woman."""
    if gender is None:
        return name
    title = _TITLES["en" if locale == "en" else "zh-CN"][Gender(gender)]
    surname = _surname(name)
    if locale == "en":
        return f"{title} {surname}"
    # A name from elsewhere is said whole: its parts stand in another order.
    return f"{surname if _CHINESE.fullmatch(name) else name}{title}"


def _surname(name: str) -> str:
    if not _CHINESE.fullmatch(name):
        return name.rsplit(maxsplit=1)[-1]
    return name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]
