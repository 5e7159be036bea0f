"""What may stand in a layout."""

import re
from collections.abc import Mapping
from typing import Any

from app.core.errors import invalid
from app.papers import pictures
from app.papers.models import PaperLayout
from app.papers.states import LONGEST, Column

_PLAIN = (*LONGEST, "locale", "colour", "columns", "capitals")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def drafted(values: Mapping[str, Any]) -> PaperLayout:
    """A layout as it would be, to be looked at and not to be kept.

    :raises Invalid: naming what cannot be taken
    """
    layout = PaperLayout()
    fill_in(layout, values)
    return layout


def fill_in(layout: PaperLayout, values: Mapping[str, Any]) -> None:
    """Take over what was sent of a layout.

    :raises Invalid: naming what cannot be taken
    """
    for name in _PLAIN:
        if name in values:
            setattr(layout, name, values[name] or None if name in LONGEST else values[name])
    if not _COLOUR.fullmatch(values.get("colour", "#000000")):
        raise invalid("colour", "not-a-colour")
    if "columns" in values:
        layout.columns = [column.value for column in Column if column in values["columns"]]
    if "logo" in values:
        sent = values["logo"]
        layout.logo = pictures.read(sent, field="logo") if sent else None
