"""The words that templates are described with."""

from enum import StrEnum

from app.consents.states import Way

WAYS = (Way.SMS, Way.MAIL)
"""In which ways something can be written."""
LOCALES = ("zh-CN", "en")


class TemplateState(StrEnum):
    """Whether messages can be written by it."""

    DRAFT = "draft"
    ACTIVE = "active"
    ARCHIVED = "archived"
    """Only kept for what was written by it before."""
