"""Why, to whom and when a message goes out: what whoever plans messages hands over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.consents.states import Purpose, Way

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """One way a message may take, and in what words."""

    way: Way
    template_id: UUID


@dataclass(frozen=True, slots=True)
class About:
    """The record that gives the reason: its words are at the template's hands."""

    kind: str
    """`asset`, `quote`, `service-record`, `purchase`: the word of its kind."""
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the messages of an occasion come from, and are taken back with."""

    type: str
    """`care-rule`, `campaign`, `by-hand`."""
    id: UUID
    label: str
    """What people call it, as it was called then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A message that one person is to get once, whatever happens on the way."""

    key: str
    """The same key is never written twice in a company: `care:<rule>:<contact>:birthday:2027`."""
    purpose: Purpose
    contact_id: UUID
    choices: Sequence[Choice]
    """The first that may be taken is; the next where it fails."""
    due_at: datetime
    """From when on; a company's hours may put it off."""
    expires_at: datetime
    """From when on it is better not sent at all."""
    origin: Origin
    about: About | None = None
