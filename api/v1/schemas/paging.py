"""What every list takes and gives."""

from app.core.keyset import DEFAULT_LIMIT, MAX_LIMIT
from app.http.fields import QueryWhole, Shape, Text, Whole, Yes


class PageQuery(Shape):
    """Which page of a list."""

    limit = QueryWhole(min=1, max=MAX_LIMIT, load_default=DEFAULT_LIMIT)
    cursor = Text(max=2000, load_default=None, metadata={"description": "`next_cursor` of the page before"})


class Total(Shape):
    """How many there are; beyond `count`, if it is capped."""

    count = Whole(required=True)
    capped = Yes(required=True)
