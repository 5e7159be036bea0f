"""The company's settings on the wire."""

from app.core.messages import LOCALES
from app.http.fields import Choice, Instant, Shape, Text, TimeZone, Whole


class TenantPatch(Shape):
    """What is to be changed of the company."""

    name = Text(min=1, max=100)
    locale = Choice(LOCALES)
    timezone = TimeZone()


class TenantOut(Shape):
    """The company."""

    name = Text(required=True, max=100)
    slug = Text(required=True, max=64)
    state = Choice(("trial", "active", "read-only", "closed"), required=True)
    trial_ends_at = Instant(required=True, allow_none=True)
    locale = Choice(LOCALES, required=True)
    timezone = Text(required=True, max=64)
    version = Whole(required=True)
