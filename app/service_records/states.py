"""The words that service records are described with."""

from enum import StrEnum


class ServiceKind(StrEnum):
    """What was done."""

    INSTALLATION = "installation"
    MAINTENANCE = "maintenance"
    REPAIR = "repair"
    VISIT = "visit"
    TRAINING = "training"
    OTHER = "other"
