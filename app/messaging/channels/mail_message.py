"""An e-mail as bytes: text and HTML side by side, every header safe, the reference in Message-ID."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from urllib.parse import quote
from uuid import UUID

from app.messaging import marks, texts, written
from app.messaging.enclosures import File
from app.messaging.marks import Marked, subject_of
from app.messaging.outbox import Parcel
from app.messaging.texts import Letter, one_line

# Seven bits: not every server on the way offers eight.
_POLICY = SMTP.clone(cte_type="7bit")

_PAGE = """\
<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>{subject}</title></head>
<body style="margin:0;padding:24px;background:#f4f5f7;color:#1f2329;\
font:15px/1.7 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif">
<div style="max-width:560px;margin:0 auto;padding:28px 32px;background:#fff;border-radius:8px">
{paragraphs}{button}
<p style="margin:28px 0 0;color:#8a9099;font-size:13px">{footer}</p>
</div>
</body>
</html>
"""
_PARAGRAPH = '<p style="margin:0 0 14px">{}</p>\n'
_BUTTON = """\
<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:10px 22px;border-radius:6px;\
background:#1f6feb;color:#fff;text-decoration:none">{label}</a></p>
<p style="margin:0;color:#8a9099;font-size:13px;word-break:break-all">{hint}<br>{link}</p>
"""


def message_id(delivery_id: UUID, domain: str) -> str:
    """The Message-ID of a delivery: the same at every try."""
    return f"<{delivery_id.hex}@{domain}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Us:
    """Who we are to those who get mail."""

    mail_from: str
    public_url: str
    tenant_id: int
    returns: str = ""
    """The address to which undeliverable mail is returned, if there is one."""


def compose(parcel: Parcel, us: Us, *, at: datetime, enclosed: Sequence[File] = ()) -> bytes:
    """A delivery as it goes over the wire, with CRLF line ends."""
    envelope = parcel.envelope or {}
    name, address = parseaddr(us.mail_from)
    message = EmailMessage(policy=_POLICY)
    message["Message-ID"] = message_id(parcel.id, address.rpartition("@")[2])
    if us.returns:
        message[marks.HEADER] = marks.mark(Marked(us.tenant_id, parcel.id))
    message["Date"] = format_datetime(at)
    message["From"] = Address(display_name=one_line(envelope.get("sender") or name), addr_spec=address)
    message["To"] = [Address(addr_spec=one) for one in envelope.get("to") or [parcel.address]]
    if envelope.get("cc"):
        message["Cc"] = [Address(addr_spec=one) for one in envelope["cc"]]
    if envelope.get("reply_to"):
        message["Reply-To"] = Address(addr_spec=envelope["reply_to"])
    if not envelope:
        message["Auto-Submitted"] = "auto-generated"
    if parcel.kind in written.KINDS:
        _write(message, parcel, us)
    else:
        _word(message, parcel, us)
    _enclose(message, enclosed)
    return message.as_bytes()


def _enclose(message: EmailMessage, enclosed: Sequence[File]) -> None:
    """Pictures that stand in the page go with the page, all else beside it."""
    page = message.get_body(("html",))
    written_page = page.get_content() if page else ""
    for file in enclosed:
        main, _, sub = file.media.partition("/")
        if page is not None and file.shown_as and f"cid:{file.shown_as}" in written_page:
            page.add_related(
                file.content, maintype=main, subtype=sub, cid=f"<{file.shown_as}>",
                filename=file.name, disposition="inline",
            )  # fmt: skip
        else:
            message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)


def _write(message: EmailMessage, parcel: Parcel, us: Us) -> None:
    """What the company has written itself, and how its reader hears no more of the like (RFC 8058)."""
    mail = written.mail(parcel.facts, parcel.locale, us.public_url, letter=(us.tenant_id, parcel.id))
    message["Subject"] = mail.subject
    if mail.unsubscribe:
        ways = [f"<{mail.unsubscribe}>"]
        if us.returns:
            said = subject_of(parcel.facts["purpose"], parcel.facts["unsubscribe"])
            ways.append(f"<mailto:{us.returns}?subject={quote(said)}>")
        message["List-Unsubscribe"] = ", ".join(ways)
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text, charset="utf-8")
    message.add_alternative(mail.html, subtype="html", charset="utf-8")


def _word(message: EmailMessage, parcel: Parcel, us: Us) -> None:
    """What the product says, in the reader's language."""
    words = texts.letter(parcel.kind, parcel.facts, parcel.locale)
    link = us.public_url + parcel.link if parcel.link else None
    message["Subject"] = words.subject
    message.set_content(_text(words, link), charset="utf-8")
    message.add_alternative(_html(words, link, parcel.locale), subtype="html", charset="utf-8")


def _text(words: Letter, link: str | None) -> str:
    parts = [*words.paragraphs]
    if link:
        parts.append(f"{words.button}\n{link}")
    return "\n\n".join([*parts, f"-- \n{words.footer}"]) + "\n"


def _html(words: Letter, link: str | None, locale: str) -> str:
    button = ""
    if link:
        button = _BUTTON.format(link=escape(link), label=escape(words.button), hint=escape(words.link_hint))
    return _PAGE.format(
        lang=escape(locale),
        subject=escape(words.subject),
        paragraphs="".join(
            _PARAGRAPH.format(escape(paragraph).replace("\n", "<br>\n")) for paragraph in words.paragraphs
        ),
        button=button,
        footer=escape(words.footer),
    )
