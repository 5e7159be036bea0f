"""Notifications on the wire."""

from app.http.fields import Id, Instant, Many, Part, QueryWhole, Shape, Text, Whole, Yes


class NotificationQuery(Shape):
    """Which notifications."""

    unread = Yes(load_default=False)
    limit = QueryWhole(min=1, max=200, load_default=20)
    cursor = Text(max=100, load_default=None)


class Notification(Shape):
    """A notification in the reader's language."""

    id = Id(required=True)
    kind = Text(required=True, max=64)
    title = Text(required=True, max=1000)
    body = Text(required=True, max=4000)
    link = Text(required=True, allow_none=True, max=500, metadata={"description": "A path of our own pages"})
    read_at = Instant(required=True, allow_none=True)
    created_at = Instant(required=True)


class Notifications(Shape):
    """A page of notifications, the newest first."""

    items = Many(Part(Notification), required=True)
    next_cursor = Text(required=True, allow_none=True, max=100)
    unread_count = Whole(required=True, metadata={"description": "At most 100, which means 100 or more"})
