"""Days of the year without a year, as they are kept: `03-08`."""

import re
from datetime import date

PATTERN = (
    "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$"
)
_DAY = re.compile(PATTERN.removeprefix("^").removesuffix("$"))


def is_day(text: str) -> bool:
    """Whether a text is a day of some year: 29 February is one."""
    return _DAY.fullmatch(text) is not None


def of(day: date) -> str:
    """The day of the year that a date falls on."""
    return f"{day:%m-%d}"
