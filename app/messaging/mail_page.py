"""The page that a written mail stands in, and how whoever reads it hears no more of the like."""

from dataclasses import dataclass
from html import escape

_PAGE = """\
<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">\
<title>{subject}</title></head>
<body style="margin:0;padding:16px 12px;background:#f4f5f7;color:#1f2329;\
font:15px/1.7 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif">
<div style="max-width:600px;margin:0 auto;padding:24px 28px;background:#fff;border-radius:8px;\
overflow-wrap:anywhere">
{body}
{footer}</div>
</body>
</html>
"""
_FOOTER = """\
<p style="margin:28px 0 0;padding-top:14px;border-top:1px solid #e5e7eb;color:#8a9099;font-size:13px">\
{said} <a href="{link}" style="color:#57606a">{label}</a></p>
"""
_WORDS = {
    "zh-CN": ("不想再收到这类邮件？", "退订或设置接收偏好"),
    "en": ("You do not want mails like this one?", "Unsubscribe or say what you want to hear"),
}


@dataclass(frozen=True, slots=True)
class Links:
    """Where whoever reads a mail says what they want to hear."""

    preferences: str


def whole(subject: str, body: str, locale: str, *, links: Links | None) -> str:
    """A mail as a page.

    :param body: HTML that was cleaned
    """
    footer = ""
    if links is not None:
        said, label = _WORDS.get(locale, _WORDS["zh-CN"])
        footer = _FOOTER.format(said=escape(said), link=escape(links.preferences), label=escape(label))
    return _PAGE.format(lang=escape(locale), subject=escape(subject), body=body, footer=footer)


def text(body: str, locale: str, *, links: Links | None) -> str:
    """The same as text."""
    if links is None:
        return f"{body}\n"
    said, label = _WORDS.get(locale, _WORDS["zh-CN"])
    return f"{body}\n\n-- \n{said} {label}\n{links.preferences}\n"
