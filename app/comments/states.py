"""Kinds of comments."""

from enum import StrEnum


class CommentKind(StrEnum):
    """What a comment is to its record."""

    COMMENT = "comment"
    ANNOTATION = "annotation"
    """A manager's word on a colleague's work."""
