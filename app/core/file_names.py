"""What a file is called: safe to show, to save and to send in a header."""

import re
import unicodedata

LONGEST = 150
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def harmless(filename: str, *, fallback: str = "file") -> str:
    """A name without folders and without characters that mislead or that some system does not take."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    visible = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    plain = re.sub(r'[<>:"|?*]', "_", visible).strip(" .")
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        stem, extension = plain, ""
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"{fallback}{stem}"
    ending = f".{extension[:20]}" if extension else ""
    return f"{stem[: LONGEST - len(ending)]}{ending}"


def extension_of(name: str) -> str:
    """The extension of a harmless name, in lower case without the dot; "" if there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""


def with_extension(name: str, extension: str) -> str:
    """A name that says what it is, if it did not."""
    return name if extension_of(name) else f"{name[: LONGEST - len(extension) - 1]}.{extension}"
