"""What can go wrong, said in the language of the business.

A `code` is stable and names the sentence in `app.core.messages`; `facts` fill that sentence.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One fault in what was sent: where, a stable code, and the facts of its sentence."""

    field: str
    code: str
    facts: tuple[tuple[str, object], ...] = ()


class DomainError(Exception):
    """A refusal the user can understand and act on."""

    code: ClassVar[str] = "refused"

    def __init__(self, *problems: FieldProblem, **facts: object) -> None:
        self.problems = problems
        self.facts = facts
        super().__init__(self.code)


class NotFound(DomainError):
    """The thing does not exist, or is not yours to know about."""

    code = "not-found"


class Forbidden(DomainError):
    """You may see it, but not do that to it."""

    code = "forbidden"


class Conflict(DomainError):
    """The thing has moved on since you looked."""

    code = "conflict"


class Gone(DomainError):
    """It was there, and is no longer: a link that has been used or is too old."""

    code = "gone"


class Invalid(DomainError):
    """What was sent cannot be taken; `problems` name the fields."""

    code = "invalid"


class Unauthenticated(DomainError):
    """Nobody has signed in, or no longer."""

    code = "sign-in-required"


class Throttled(DomainError):
    """Too often; `facts['retry_after']` says how many seconds to wait."""

    code = "throttled"


class Unavailable(DomainError):
    """Something this needs does not answer; nothing was done."""

    code = "unavailable"


class PreconditionRequired(DomainError):
    """The change does not say which version it is based on."""

    code = "version-required"


class Stale(DomainError):
    """Someone else changed it first; `facts` carry the conflict field by field."""

    code = "stale"


def invalid(field: str, code: str, **facts: object) -> Invalid:
    """An `Invalid` about one field."""
    return Invalid(FieldProblem(field, code, tuple(facts.items())))
