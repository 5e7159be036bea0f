"""Which columns point to a record of some kind: what goes along when two records become one.

Each domain says so of its own tables, once; a test holds this against the foreign keys of the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A column that points to records of one kind. Its table has an `id`."""

    table: str
    column: str
    to: str
    versioned: bool = True
    """Whether the rows count their changes."""
    follows: bool = False
    """Whether the rows belong to the owner and department of what they point to."""
    typed: bool = False
    """Whether `record_type` says of what kind that is."""
    primary: bool = False
    """Whether one of the rows of each record may be its primary one."""

    @property
    def place(self) -> str:
        """The column by one name."""
        return f"{self.table}.{self.column}"


_references: list[Reference] = []


def declare(*references: Reference) -> None:
    """Say that columns point to records."""
    _references.extend(references)


def to(word: str) -> Iterator[Reference]:
    """The columns that point to records of a kind."""
    return (one for one in _references if one.to == word)
