"""Kinds of files."""

from enum import StrEnum


class FileKind(StrEnum):
    """What a file is to people."""

    PICTURE = "picture"
    DOCUMENT = "document"
    TEXT = "text"
    AUDIO = "audio"
    ARCHIVE = "archive"
