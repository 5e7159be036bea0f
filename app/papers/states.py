"""What can be chosen of a layout."""

from enum import StrEnum


class Column(StrEnum):
    """What a line of a quote can leave out on paper; name, quantity and amount always stand there."""

    POSITION = "position"
    CODE = "code"
    SPECIFICATION = "specification"
    UNIT = "unit"
    UNIT_PRICE = "unit_price"
    DISCOUNT = "discount"
    TAX_RATE = "tax_rate"
    NOTE = "note"


EVERY_COLUMN = tuple(column.value for column in Column)
INK = "#2C4FA3"
LONGEST = {
    "name": 60,
    "heading": 40,
    "company": 100,
    "address": 200,
    "phone": 60,
    "tax_number": 40,
    "bank": 500,
    "footer": 2000,
    "mail_subject": 200,
    "mail_text": 4000,
}
IN_LINES = frozenset({"bank", "footer", "mail_text"})
MOST_LAYOUTS = 20
