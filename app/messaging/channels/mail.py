"""E-mail by SMTP. SMTP does not dedupe, so after the hand-over only a clear answer counts."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from functools import partial
from typing import ClassVar

from app.config import Settings
from app.core import clock
from app.core.errors import invalid
from app.messaging import enclosures, signing, texts, written
from app.messaging.channels.contract import (
    NO_MAILBOX,
    Limits,
    Line,
    Message,
    OutboxChannel,
    Outcome,
    Verdict,
)
from app.messaging.channels.mail_message import Us, compose, message_id
from app.messaging.outbox import Parcel
from tenants.context import require_tenant_id

CONNECT_SECONDS = 10
ANSWER_SECONDS = 60
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}")
_NOBODY = re.compile(rb"5\.1\.(1|2|3|6|10)\b")
"""How a server says that an address is nobody's, for good (RFC 3463, 7505)."""
_READY, _GO_AHEAD, _REFUSALS, _CLOSING = 250, 354, 400, 421
# The server is closing, or takes the command for out of order: neither says anything about the recipient.
_NOT_ABOUT_IT = {_CLOSING, 503}


class MailChannel(OutboxChannel):
    """Mails through the one SMTP server that the settings name."""

    name: ClassVar[str] = "mail"
    provider: ClassVar[str | None] = "mail"

    def __init__(self) -> None:
        self._settings: Settings | None = None

    def configure(self, settings: Settings) -> None:
        """Say where the server is; only who sends needs to know."""
        self._settings = settings

    @property
    def limits(self) -> Limits:
        """As the settings say."""
        if self._settings is None:
            return Limits()
        return Limits(all=self._settings.mails_per_minute, each=self._settings.mails_per_minute_each)

    def takes(self, address: str) -> bool:
        """Whether it is spelled as addresses are, and can stand in the head of a mail."""
        if _ADDRESS.fullmatch(address) is None:
            return False
        try:
            Address(addr_spec=address)
        except (MessageError, ValueError, IndexError):
            return False
        return True

    def check(self, message: Message) -> None:
        """Refuse addresses that no mail can be sent to, and words that are not there.

        :raises Invalid: about `to`
        """
        if not self.takes(message.to):
            raise invalid("to", "invalid-email")
        if message.kind in written.KINDS:
            written.check(message.facts)
        else:
            texts.letter(message.kind, message.facts, message.locale)

    def title(self, parcel: Parcel) -> str:
        """The subject."""
        if parcel.kind in written.KINDS:
            return texts.one_line(parcel.facts["subject"])
        return texts.called(parcel.kind, parcel.facts, parcel.locale)

    @contextmanager
    def open(self) -> Iterator[Line]:
        """A line that is kept for all messages of a batch."""
        if self._settings is None:
            raise RuntimeError("No mail server has been configured")
        line = SmtpLine(self._settings)
        try:
            yield line
        finally:
            line.close()


class LineLost(Exception):
    """The connection broke, or was not made, before anything was handed over."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class SmtpLine:
    """One connection to the server, made when it is needed and kept while it lasts."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        sender = parseaddr(settings.mail_from)[1]
        self._domain = sender.rpartition("@")[2]
        # To whom servers return what they cannot deliver.
        self._sender = settings.returns.address if settings.returns else sender
        self._smtp: smtplib.SMTP | None = None
        self._seal = signing.seal_of(settings)

    def send(self, parcel: Parcel, hand_over: Callable[[str], bool]) -> Outcome:
        """Try to send one mail; a kept connection that has died of age is made anew once."""
        settings = self._settings
        try:
            enclosed = enclosures.made(parcel.envelope)
        except enclosures.Vanished:
            return Outcome(Verdict.REFUSED, "nothing-to-enclose")
        us = Us(
            mail_from=settings.mail_from,
            public_url=settings.public_url,
            returns=settings.returns.address if settings.returns else "",
            tenant_id=require_tenant_id(),
        )
        composed = compose(parcel, us, at=clock.now(), enclosed=enclosed)
        content = signing.signed(composed, self._seal)
        if self._smtp is not None:
            try:
                return self._send(parcel, content, hand_over)
            except LineLost:
                self.close()
        try:
            return self._send(parcel, content, hand_over)
        except LineLost as error:
            self.close()
            return Outcome(Verdict.DOWN, error.code)

    def close(self) -> None:
        """Hang up; saying goodbye could only take time."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _send(self, parcel: Parcel, content: bytes, hand_over: Callable[[str], bool]) -> Outcome:
        try:
            smtp = self._smtp = self._smtp or self._connect()
            refusal = self._announce(smtp, parcel.address)
            if refusal is not None:
                return refusal
            if not hand_over(message_id(parcel.id, self._domain)):
                smtp.rset()
                return Outcome(Verdict.DROPPED)
        except OSError as error:  # smtplib's errors are OSErrors
            raise LineLost(_code_of(error)) from error
        return self._transmit(smtp, content)

    def _announce(self, smtp: smtplib.SMTP, address: str) -> Outcome | None:
        """Sender and recipient; returns an outcome if the server will not take a mail for that recipient."""
        code, _ = smtp.mail(self._sender)
        if code != _READY:
            # It is we who are refused, not the recipient: that is for the administrator to mend.
            raise LineLost(f"smtp-{code}")
        code, words = smtp.rcpt(address)
        if code in {250, 251}:
            return None
        if code in _NOT_ABOUT_IT or code < _REFUSALS:
            raise LineLost(f"smtp-{code}")
        smtp.rset()
        return Outcome(Verdict.REFUSED, NO_MAILBOX) if _NOBODY.match(words) else _answer(code)

    def _transmit(self, smtp: smtplib.SMTP, content: bytes) -> Outcome:
        try:
            code, _ = smtp.docmd("DATA")
        except OSError as error:
            # Without its go-ahead the server has nothing to deliver.
            self.close()
            return Outcome(Verdict.LATER, _code_of(error))
        if code != _GO_AHEAD:
            self.close()
            return _answer(code) if code >= _REFUSALS else Outcome(Verdict.LATER, f"smtp-{code}")
        try:
            smtp.send(_stuffed(content))
            code, _ = smtp.getreply()
        except OSError:
            self.close()
            return Outcome(Verdict.UNCLEAR, "no-answer")
        if code == _CLOSING:
            self.close()
        return _answer(code)

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        connect = (
            partial(smtplib.SMTP_SSL, context=ssl.create_default_context())
            if settings.smtp_tls == "tls"
            else smtplib.SMTP
        )
        smtp = connect(
            settings.smtp_host,
            settings.smtp_port,
            local_hostname=self._domain,
            timeout=CONNECT_SECONDS,
        )
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(ANSWER_SECONDS)
            if settings.smtp_tls == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
            if settings.smtp_username:
                smtp.login(settings.smtp_username, settings.smtp_password)
        except OSError:
            smtp.close()
            raise
        return smtp


def _stuffed(content: bytes) -> bytes:
    """A message as the DATA command wants it: no line is a lone dot but the last."""
    return re.sub(rb"(?m)^\.", b"..", content).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _answer(code: int) -> Outcome:
    error = f"smtp-{code}"
    match code // 100:
        case 2:
            return Outcome(Verdict.SENT)
        case 4:
            return Outcome(Verdict.LATER, error)
        case 5:
            return Outcome(Verdict.REFUSED, error)
    return Outcome(Verdict.UNCLEAR, error)


def _code_of(error: OSError) -> str:
    match error:
        case smtplib.SMTPResponseException():
            return f"smtp-{error.smtp_code}"
        case TimeoutError():
            return "timeout"
        case ssl.SSLError():
            return "tls"
        case smtplib.SMTPNotSupportedError():
            return "not-supported"
    return "connection"
