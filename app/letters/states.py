"""The words that letters are described with, and the papers they are printed on."""

from dataclasses import dataclass
from enum import StrEnum

MOST = 5000
"""So many people one printing is for at most."""


class Form(StrEnum):
    """What is printed: the letters themselves, or what they travel in."""

    LETTER = "letter"
    ENVELOPE_DL = "envelope-dl"
    ENVELOPE_C5 = "envelope-c5"
    ENVELOPE_ZL = "envelope-zl"
    LABELS_3X8 = "labels-3x8"
    LABELS_2X7 = "labels-2x7"


class CampaignPart(StrEnum):
    """Whom of a campaign a letter is for."""

    EVERYBODY = "everybody"
    UNREACHED = "unreached"
    """Those to whom no message could be sent, or arrived."""


class Obstacle(StrEnum):
    """Why somebody gets no letter; each is a sentence of its own, too."""

    NO_ADDRESS = "letter-no-address"
    DO_NOT_CONTACT = "letter-do-not-contact"
    MINOR = "letter-minor"
    SAME_CUSTOMER = "letter-same-customer"
    VALUE_MISSING = "letter-value-missing"
    CONTACT_GONE = "letter-contact-gone"


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope, in millimetres."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Labels:
    """A sheet of labels on A4, in millimetres."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    gap: float

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows


ENVELOPES = {
    Form.ENVELOPE_DL: Envelope(220, 110),
    Form.ENVELOPE_C5: Envelope(229, 162),
    Form.ENVELOPE_ZL: Envelope(230, 120),
}
LABELS = {
    Form.LABELS_3X8: Labels(3, 8, 70, 37, 0, 0.5, 0),
    Form.LABELS_2X7: Labels(2, 7, 99.1, 38.1, 4.65, 15.15, 2.5),
}
MOST_LABELS = max(sheet.count for sheet in LABELS.values())
