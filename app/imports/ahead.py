"""While the database writes the rows of a chunk, the names of the next are spelled: two cores work."""

import time
from collections.abc import Iterable, Sequence
from threading import Thread

from app.core.pinyin import sort_key
from app.core.search import fold, spell
from app.customers.drafts import LONGEST
from app.imports.models import Import
from app.imports.records import Record
from app.spreadsheets.registry import CONTACT, OF_CONTACT

_NAMES = {"name", f"{OF_CONTACT}name"}
_AT_A_STRETCH, _COURTESY = 4, 0.0001
"""Names, then seconds between: who has the database's answer must not wait for the interpreter."""


def spell_out(wanted: Import, records: Iterable[Record]) -> None:
    """Begin to spell the names in the rows that come next; whoever needs one finds it remembered."""
    columns = [
        (int(index), name != "name" or wanted.type == CONTACT)
        for index, name in wanted.mapping["columns"].items()
        if name in _NAMES
    ]
    Thread(target=_spell, args=(columns, records), daemon=True).start()


def _spell(columns: Sequence[tuple[int, bool]], records: Iterable[Record]) -> None:
    for number, record in enumerate(records):
        if number % _AT_A_STRETCH == 0:
            time.sleep(_COURTESY)
        for index, person in columns:
            name = " ".join(record.cells[index].split()) if index < len(record.cells) else ""
            if name and len(name) <= LONGEST["name"]:
                spell(name, person=person)
                # Whom a name belongs to is found by both keys.
                sort_key(fold(name), person=not person)
