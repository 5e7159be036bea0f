"""The words that contacts and their relationships are described with."""

from enum import StrEnum


class Gender(StrEnum):
    """How to address somebody."""

    MALE = "male"
    FEMALE = "female"


class BuyingRole(StrEnum):
    """What part a contact plays when the customer buys."""

    DECISION_MAKER = "decision_maker"
    INFLUENCER = "influencer"
    USER = "user"
    PURCHASER = "purchaser"
    FINANCE = "finance"
    GATEKEEPER = "gatekeeper"
    OTHER = "other"


class RelationshipKind(StrEnum):
    """What the other one is to a contact."""

    SUPERIOR = "superior"
    SUBORDINATE = "subordinate"
    COLLEAGUE = "colleague"
    FAMILY = "family"
    FRIEND = "friend"
    CLASSMATE = "classmate"
    INTRODUCED = "introduced"
    RIVAL = "rival"
    OTHER = "other"

    @property
    def mirrored(self) -> "RelationshipKind":
        """The same relationship seen from the other side."""
        return _MIRRORS.get(self, self)


_MIRRORS = {
    RelationshipKind.SUPERIOR: RelationshipKind.SUBORDINATE,
    RelationshipKind.SUBORDINATE: RelationshipKind.SUPERIOR,
}
