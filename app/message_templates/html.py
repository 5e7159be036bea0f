"""HTML that people write in letters: cleaned of what does not belong there, dressed, and as plain text."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from uuid import UUID

import css_inline
import nh3

_TAGS = {"p", "br", "strong", "em", "u", "s", "a", "ul", "ol", "li", "h1", "h2", "h3", "blockquote", "hr"} | {
    "img"
}
_SCHEMES = {"http", "https", "mailto", "tel", "cid"}
_LINK = re.compile(r"""<a\b[^>]*\bhref\s*=\s*("[^"]*|'[^']*|[^\s>]*)""", re.IGNORECASE)
_CSS = """
p{margin:0 0 14px} h1{margin:0 0 16px;font-size:22px;line-height:1.4} h2{margin:20px 0 12px;font-size:18px}
h3{margin:16px 0 10px;font-size:16px} a{color:#1f6feb} ul,ol{margin:0 0 14px;padding-left:22px}
li p{margin:0 0 4px} blockquote{margin:0 0 14px;padding:2px 0 2px 14px;
border-left:3px solid #d0d7de;color:#57606a}
hr{margin:20px 0;border:0;border-top:1px solid #e5e7eb} img{max-width:100%;height:auto;border-radius:4px}
"""
_PICTURE = re.compile(r"cid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@files")
_NO_PICTURE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
_WIDTH = re.compile(r"[1-9][0-9]{0,3}")
_BLOCKS = {"p", "ul", "ol", "h1", "h2", "h3", "blockquote", "hr"}
_LINES = {"br", "li"}
_GAPS = re.compile(r"\n{3,}")


def cleaned(written: str) -> str:
    """The same without what could do harm: no scripts, styles, foreign pictures or foreign kinds of links."""
    clean = nh3.clean(
        written,
        tags=_TAGS,
        attributes={"a": {"href"}, "img": {"src", "alt", "width"}},
        attribute_filter=_kept,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    return _NO_PICTURE.sub("", clean)


def _kept(tag: str, name: str, value: str) -> str | None:
    """An attribute, if it may stay: pictures are files of our own, and links never lead to such."""
    match tag, name:
        case "img", "src":
            return value if _PICTURE.fullmatch(value) else None
        case "img", "width":
            return value if _WIDTH.fullmatch(value) else None
        case "a", "href":
            return None if value.strip().lower().startswith("cid:") else value
    return value


def shown_as(file_id: UUID) -> str:
    """By which name a picture stands in a page: `<img src="cid:…">` (RFC 2392)."""
    return f"{file_id}@files"


def pictures(clean: str) -> set[UUID]:
    """The files that a page shows as pictures."""
    return {UUID(found) for found in _PICTURE.findall(clean)}


def with_pictures(clean: str, became: Mapping[UUID, UUID]) -> str:
    """The same with other files in place of its pictures."""
    return _PICTURE.sub(lambda found: f"cid:{shown_as(became.get(UUID(found[1]), UUID(found[1])))}", clean)


def links_with_variables(written: str) -> bool:
    """Whether somebody has put a variable where a link leads: nobody could check that."""
    return any("{{" in found for found in _LINK.findall(written))


def dressed(clean: str) -> str:
    """The same with its looks in every element, as programmes for mail want it."""
    return css_inline.inline_fragment(clean, _CSS)


def plain(clean: str) -> str:
    """The same for those who read mail as text."""
    reader = _Reader()
    reader.feed(clean)
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("· ")
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")
        elif tag == "a":
            self._link = (dict(attrs).get("href") or "", len(self.parts))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a" and self._link is not None:
            address, begins = self._link
            shown = "".join(self.parts[begins:])
            bare = address.removeprefix("mailto:").removeprefix("tel:")
            if bare and bare != shown:
                self.parts.append(f" ({bare})")
            self._link = None

    def handle_data(self, data: str) -> None:
        # A paragraph in an item of a list begins no line of its own.
        if self.parts[-2:] == ["· ", "\n\n"]:
            self.parts.pop()
        self.parts.append(data.replace("\n", " "))
