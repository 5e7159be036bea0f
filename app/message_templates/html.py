"""HTML that people write in letters: cleaned of what does not belong there, dressed, and as plain text."""

import re
from html.parser import HTMLParser

import css_inline
import nh3

_TAGS = {"p", "br", "strong", "em", "u", "s", "a", "ul", "ol", "li", "h1", "h2", "h3", "blockquote", "hr"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_LINK = re.compile(r"""<a\b[^>]*\bhref\s*=\s*("[^"]*|'[^']*|[^\s>]*)""", re.IGNORECASE)
_CSS = """
p{margin:0 0 14px} h1{margin:0 0 16px;font-size:22px;line-height:1.4} h2{margin:20px 0 12px;font-size:18px}
h3{margin:16px 0 10px;font-size:16px} a{color:#1f6feb} ul,ol{margin:0 0 14px;padding-left:22px}
li p{margin:0 0 4px} blockquote{margin:0 0 14px;padding:2px 0 2px 14px;
border-left:3px solid #d0d7de;color:#57606a}
hr{margin:20px 0;border:0;border-top:1px solid #e5e7eb}
"""
_BLOCKS = {"p", "ul", "ol", "h1", "h2", "h3", "blockquote", "hr"}
_LINES = {"br", "li"}
_GAPS = re.compile(r"\n{3,}")


def cleaned(written: str) -> str:
    """The same without what could do harm: no scripts, no styles, no pictures, no foreign kinds of links."""
    return nh3.clean(
        written,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


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
