"""Marshmallow fields whose errors are stable codes, and that take nothing the database would choke on.

A message is `code` or `code|fact=value|fact=value`; `problem.py` says it in the reader's language.
"""

from app.http.fields.compounds import MANY, RECORD_KIND, Custom, File, Many, MoneyShape, Part, Table
from app.http.fields.plain import (
    INT4_MAX,
    INT8_MAX,
    Choice,
    Day,
    Id,
    Instant,
    QueryWhole,
    Secret,
    Shape,
    Text,
    Whole,
    Yes,
)  # fmt: skip
from app.http.fields.texts import ClockTime, Email, PlainKey, Quantity, TimeZone, WebAddress, YearDay

__all__ = [
    "INT4_MAX",
    "INT8_MAX",
    "MANY",
    "RECORD_KIND",
    "Choice",
    "ClockTime",
    "Custom",
    "Day",
    "Email",
    "File",
    "Id",
    "Instant",
    "Many",
    "MoneyShape",
    "Part",
    "PlainKey",
    "Quantity",
    "QueryWhole",
    "Secret",
    "Shape",
    "Table",
    "Text",
    "TimeZone",
    "WebAddress",
    "Whole",
    "YearDay",
    "Yes",
]
