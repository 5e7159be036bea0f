"""What a company looks at with every request."""

from dataclasses import dataclass

from app.access.addresses import Network


@dataclass(frozen=True, slots=True)
class Entry:
    """What is looked at with every request: programs, and from where one may come in."""

    tokens_allowed: bool = True
    networks: tuple[Network, ...] = ()
