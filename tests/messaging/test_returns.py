"""What comes back to the mailbox of returns: mail that did not arrive, and wishes to hear no more."""

from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from unittest.mock import Mock
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import OperationalError

from app.config import Returns
from app.consents.preferences import token_for
from app.messaging import marks, recording, services
from app.messaging.channels.contract import Envelope, Message
from app.messaging.endings import Ending
from app.messaging.marks import Marked
from app.messaging.returns import taking
from app.messaging.returns.reading import Bounce
from tests.consents.people import consents, obstacles, somebody
from tests.fakes import imap as fake_imap
from tests.fakes.imap import PASSWORD, USER, FakeImap
from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import Outbox
from tests.support.client import Company

ADDRESS = "returns@guanxi.local"
REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: returns@guanxi.local
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; zhang@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no

--b
Content-Type: {returned}

{headers}
--b--
"""
PROSE = """\
From: =?utf-8?b?57O757uf6YCA5L+h?= <PostMaster@qq.com>
To: returns@guanxi.local
Subject: =?utf-8?b?57O757uf6YCA5L+h?=
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{said}

{headers}
"""


@pytest.fixture
def inbox() -> Iterator[FakeImap]:
    with fake_imap.running() as mailbox:
        yield mailbox


@pytest.fixture
def at(inbox: FakeImap, settle: Callable[..., None]) -> Returns:
    """The mailbox of returns, known to the channel."""
    found = Returns(
        host="127.0.0.1", port=inbox.port, username=USER, password=PASSWORD, encrypted=False, address=ADDRESS
    )
    settle(returns=found)
    return found


def send(outbox: Outbox, smtp: FakeSmtp, **facts: str) -> tuple[UUID, EmailMessage]:
    """A letter that the server has taken, and what was taken."""
    words = {"purpose": "care", "subject": "生日快乐", "text": "祝好", "html": "<p>祝好</p>", **facts}
    message = Message(
        kind="template-trial", facts=words, to="zhang@example.com", sender_id=outbox.user_id,
        envelope=Envelope(to=["zhang@example.com"], sender="澄川科技"), dedupe_key=str(uuid4()),
    )  # fmt: skip
    with outbox.work():
        [sent] = services.send_letters([message])
    outbox.send_due()
    assert outbox.row(sent).state == "sent"
    return sent, smtp.received[-1]


def headers(mail: EmailMessage) -> str:
    """The head of a mail, as servers send it back."""
    return mail.as_bytes(policy=SMTP).split(b"\r\n\r\n")[0].decode().replace("\r\n", "\n")


def report(mail: EmailMessage, **facts: str) -> bytes:
    """A report on it, as the standard has them."""
    told = {"action": "failed", "status": "5.1.1", "returned": "message/rfc822", **facts}
    return REPORT.format(headers=headers(mail), **told).encode()


def look(outbox: Outbox, at: Returns) -> int:
    """What the worker does."""
    with outbox.company.app.app_context():
        return taking.fetch(at)


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_mailbox_that_is_none_fails_the_message_and_is_written_to_no_more(
    outbox: Outbox, smtp: FakeSmtp, inbox: FakeImap, at: Returns, returned: str
) -> None:
    sent, mail = send(outbox, smtp)
    assert smtp.senders == [ADDRESS]
    inbox.put(report(mail, returned=returned))
    assert look(outbox, at) == 1
    row = outbox.row(sent)
    assert (row.state, row.last_error, inbox.mails) == ("failed", "no-such-mailbox", {})
    assert outbox.bells() == [("mail-failed", {"to": "zhang@example.com", "subject": "生日快乐"})]
    listed = outbox.company.admin.get("/suppressions").json["items"]
    assert [(one["address"], one["reason"]) for one in listed] == [("zhang@example.com", "bounced")]


def test_a_full_mailbox_fails_the_message_only(
    outbox: Outbox, smtp: FakeSmtp, inbox: FakeImap, at: Returns
) -> None:
    sent, mail = send(outbox, smtp)
    inbox.put(report(mail, status="5.2.2"))
    assert look(outbox, at) == 1
    assert (outbox.row(sent).state, outbox.row(sent).last_error) == ("failed", "bounced")
    assert outbox.company.admin.get("/suppressions").json["items"] == []


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("您的邮件被退回，原因：550 收件人邮箱地址不存在", "no-such-mailbox"),
        ("host mx1.qq.com said: 550 Mail content denied", "bounced"),
    ],
)
def test_prose_is_understood_where_it_names_a_code(
    outbox: Outbox, smtp: FakeSmtp, inbox: FakeImap, at: Returns, said: str, error: str
) -> None:
    sent, mail = send(outbox, smtp)
    inbox.put(PROSE.format(said=said, headers=headers(mail)).encode())
    assert look(outbox, at) == 1
    assert (outbox.row(sent).state, outbox.row(sent).last_error) == ("failed", error)


@pytest.mark.parametrize(("kind", "called"), [("invitation", "邀请邮件"), ("quote", "报价")])
def test_what_was_wiped_once_it_was_sent_comes_back_like_any_other(
    outbox: Outbox, smtp: FakeSmtp, inbox: FakeImap, at: Returns, kind: str, called: str
) -> None:
    sent = outbox.mail(kind=kind, link="/accept#secret", sender_id=outbox.user_id)
    outbox.send_due()
    assert (outbox.row(sent).state, outbox.row(sent).facts) == ("sent", {})
    inbox.put(report(smtp.received[-1]))
    assert look(outbox, at) == 1
    assert (outbox.row(sent).state, outbox.row(sent).last_error) == ("failed", "no-such-mailbox")
    assert outbox.bells() == [("mail-failed", {"to": "lin@example.com", "subject": called})]
    assert inbox.mails == {}


def test_a_mail_that_we_stumble_over_keeps_us_from_no_other(
    outbox: Outbox, smtp: FakeSmtp, inbox: FakeImap, at: Returns, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bad, bad_mail), (good, good_mail) = send(outbox, smtp), send(outbox, smtp)
    tell = recording.tell

    def stumble(ends: Sequence[Ending]) -> None:
        if ends[0].parcel.id == bad:
            raise KeyError("subject")
        tell(ends)

    monkeypatch.setattr(recording, "tell", stumble)
    inbox.put(report(bad_mail))
    inbox.put(report(good_mail))
    assert look(outbox, at) == 1
    assert (outbox.row(bad).state, outbox.row(good).state) == ("sent", "failed")
    assert len(inbox.mails) == 1
    assert look(outbox, at) == 0


def test_while_the_database_is_away_nothing_is_taken_for_read(
    outbox: Outbox, smtp: FakeSmtp, inbox: FakeImap, at: Returns, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, mail = send(outbox, smtp)
    inbox.put(report(mail))
    with monkeypatch.context() as patched:
        patched.setattr(taking, "take", Mock(side_effect=OperationalError("SELECT", {}, Exception())))
        with pytest.raises(OperationalError):
            look(outbox, at)
    assert look(outbox, at) == 1
    assert outbox.row(sent).state == "failed"


def test_hearing_of_it_twice_changes_nothing(
    outbox: Outbox, smtp: FakeSmtp, inbox: FakeImap, at: Returns
) -> None:
    _, mail = send(outbox, smtp)
    for _ in range(2):
        inbox.put(report(mail))
    assert look(outbox, at) == 2
    assert len(outbox.bells()) == 1


def test_what_is_nothing_to_us_is_left_for_somebody_to_read(
    outbox: Outbox, smtp: FakeSmtp, inbox: FakeImap, at: Returns
) -> None:
    sent, mail = send(outbox, smtp)
    name = mail[marks.HEADER]
    strange = [
        report(mail, action="delayed", status="4.4.1"),
        report(mail).replace(name.encode(), name.replace(name[-1], "A" if name[-1] != "A" else "B").encode()),
        PROSE.format(said="I am on holiday until 5.1.1", headers="").encode(),
        b"From: lin@example.com\r\nSubject: Re: 550\r\n\r\n" + headers(mail).encode(),
        b"\xff\xfe\x00",
        b"Content-Type: multipart/report; boundary=\r\n\r\n--\r\n",
    ]
    for content in strange:
        inbox.put(content)
    assert look(outbox, at) == 0
    assert (outbox.row(sent).state, len(inbox.mails)) == ("sent", len(strange))
    assert look(outbox, at) == 0


def test_nobody_else_s_message_can_be_failed(
    outbox: Outbox, smtp: FakeSmtp, at: Returns, other_company: Company
) -> None:
    sent, _ = send(outbox, smtp)
    with outbox.company.app.app_context():
        # A good mark of one company about a message of another.
        taking.take(Bounce(Marked(other_company.tenant_id, sent), "bounced"))
    assert outbox.row(sent).state == "sent"


def test_a_mark_that_was_made_up_is_none(outbox: Outbox) -> None:
    marked = Marked(outbox.tenant_id, uuid4())
    good = marks.mark(marked)
    assert marks.find(f"x: {good}") == marked
    assert len(f"{marks.HEADER}: {good}") <= 78
    for bad in (good[:-1], f"{good}A", good.replace(".", ",", 1), f"1{good}", f"{good[:-22]}{'A' * 22}"):
        assert marks.find(bad) is None


def test_a_letter_unsubscribes_its_writer(
    outbox: Outbox, smtp: FakeSmtp, inbox: FakeImap, at: Returns
) -> None:
    company = outbox.company
    one = somebody(company.admin)
    with company.app.app_context():
        token = token_for(company.slug, company.tenant_id, UUID(one["id"]))
    _, mail = send(outbox, smtp, unsubscribe=token)
    out = mail["List-Unsubscribe"].split(", ")[1].strip("<>")
    assert urlsplit(out)[:3] == ("mailto", "", ADDRESS)
    [subject] = parse_qs(urlsplit(out).query)["subject"]
    for said in (subject, subject.replace(token[-5:], "AAAAA"), subject):
        inbox.put(f"From: zhang@example.com\r\nSubject: {said}\r\n\r\n".encode())
    assert look(outbox, at) == 3
    against = obstacles(consents(company.admin, one))
    assert (against["mail care"], against["mail service"]) == ("withdrawn", None)


@pytest.mark.parametrize("trouble", ["password", "closed", "broken"])
def test_a_mailbox_that_cannot_be_opened_is_tried_the_next_time(
    outbox: Outbox, smtp: FakeSmtp, inbox: FakeImap, at: Returns, trouble: str
) -> None:
    _, mail = send(outbox, smtp)
    inbox.put(report(mail))
    inbox.broken = trouble == "broken"
    changed = {"password": "wrong"} if trouble == "password" else {"port": 1} if trouble == "closed" else {}
    facts = {
        name: getattr(at, name) for name in ("host", "port", "username", "password", "encrypted", "address")
    }
    assert look(outbox, Returns(**{**facts, **changed})) == 0
    inbox.broken = False
    assert look(outbox, at) == 1
