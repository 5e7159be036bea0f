"""Quotes by mail: to whom, in which words, with what in them, over a real line to a mail server."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.access import throttle
from app.access.throttle import Limit
from app.messaging import channels
from tests.fakes import smtp as fake_smtp
from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import Outbox
from tests.quotes.office import customer, deeds, go, line, quote
from tests.quotes.test_links import look
from tests.quotes.test_states import refused
from tests.support.client import Browser, Company
from tests.support.pdf_text import text_of
from tests.support.people import hire

Json = dict[str, Any]


@pytest.fixture
def smtp(company: Company) -> Iterator[FakeSmtp]:
    """The mail server that the worker's code talks to during this test."""
    settings = company.app.config["SETTINGS"]
    with fake_smtp.running() as fake:
        channels.configure(replace(settings, smtp_host="127.0.0.1", smtp_port=fake.port))
        yield fake
        channels.configure(settings)


@pytest.fixture
def made(company: Company) -> Json:
    """A quote that may go out."""
    drawn = quote(company.admin, customer(company.admin, "澜图软件"), line(name="阀", unit_price=100_000))
    return go(company.admin, drawn, "submission")


def letter(**facts: Any) -> Json:
    """A letter to a customer."""
    return {"to": ["zhou@example.com"], "subject": "报价单", "text": "你好：\n\n请查收。\n谢谢", **facts}


def test_a_quote_goes_out_with_its_paper_and_a_link_for_each(
    company: Company, smtp: FakeSmtp, made: Json
) -> None:
    path = f"/quotes/{made['id']}/letter"
    sent = company.admin.post(path, letter(cc=["li@example.com"], text="{subject} 请查收"))
    assert (sent.status_code, sent.json["state"]) == (200, "sent"), sent.json
    assert deeds(company, made)[0] == "sent"
    outbox = Outbox(company)
    outbox.send_due()
    mails = {mail["X-RcptTo"] or mail["Message-ID"]: mail for mail in smtp.received}
    assert len(mails) == 2
    tokens = set()
    for mail in mails.values():
        assert (mail["To"], mail["Cc"]) == ("zhou@example.com", "li@example.com")
        assert mail["From"] == f"{company.name} <no-reply@guanxi.local>"
        assert mail["Reply-To"] == company.login
        assert mail["Subject"] == "报价单"
        plain = mail.get_body(("plain",)).get_content()
        assert "{subject} 请查收" in plain
        assert f"由 Guanxi 关系代 {company.name} 发送" in plain
        tokens |= set(re.findall(r"/q#token=(\S+)", plain))
        [paper] = list(mail.iter_attachments())
        assert (paper.get_content_type(), paper.get_filename()) == (
            "application/pdf",
            f"{made['number']}.pdf",
        )
        assert "¥1,000.00" in text_of(paper.get_content())
    assert len(tokens) == 2
    for token in tokens:
        assert look(Browser(company.app), token).status_code == 200
    links = company.admin.get(f"/quotes/{made['id']}/links").json["items"]
    assert {one["recipient"]: one["opens"] for one in links} == {"zhou@example.com": 1, "li@example.com": 1}
    # What opens a door is wiped once it is sent.
    assert [(row.facts, row.link, row.envelope) for row in outbox.rows()] == [({}, None, None)] * 2


def test_a_quote_can_be_sent_again(company: Company, smtp: FakeSmtp, made: Json) -> None:
    path = f"/quotes/{made['id']}/letter"
    for state in ("sent", "sent"):
        assert company.admin.post(path, letter()).json["state"] == state
    assert deeds(company, made)[:2] == ["resent", "sent"]


def test_a_letter_begins_with_the_company_s_own_words(company: Company, made: Json) -> None:
    path = f"/quotes/{made['id']}/letter"
    drafted = company.admin.get(path).json
    assert drafted["subject"] == f"{company.name}：备件 报价单 {made['number']}"
    assert all(said in drafted["text"] for said in ("澜图软件", "¥1,000.00"))
    own = {"name": "外贸", "locale": "en", "mail_subject": "Offer {number} {odd}", "mail_text": "{gross}"}
    company.admin.post("/paper-layouts", own)
    drafted = company.admin.get(path).json
    assert (drafted["subject"], drafted["text"]) == (f"Offer {made['number']} {{odd}}", "¥1,000.00")


def test_what_cannot_be_sent_is_refused_and_nothing_goes_out(company: Company, made: Json) -> None:
    path = f"/quotes/{made['id']}/letter"
    wrong: list[tuple[Json, str]] = [
        (letter(to=[]), "to"),
        (letter(to=["zhou"]), "to.0"),
        (letter(cc=[f"a{n}@example.com" for n in range(10)]), "cc"),
        (letter(subject=""), "subject"),
        (letter(layout_id=made["id"]), "layout_id"),
    ]
    for body, field in wrong:
        answer = company.admin.post(path, body)
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field), answer.json
    assert hire(company, "sales").browser.post(path, letter()).status_code == 404
    assert company.admin.get(f"/quotes/{made['id']}").json["state"] == "approved"
    assert company.admin.get(f"/quotes/{made['id']}/links").json["items"] == []
    draft = quote(company.admin, made["customer"], line(name="阀", unit_price=1))
    refused(company.admin.post(f"/quotes/{draft['id']}/letter", letter()), "quote-not-open")
    assert Outbox(company).rows() == []


def test_a_letter_whose_quote_is_gone_is_not_sent(company: Company, smtp: FakeSmtp, made: Json) -> None:
    sent = company.admin.post(f"/quotes/{made['id']}/letter", letter())
    company.admin.delete(f"/quotes/{made['id']}", version=sent.json["version"])
    outbox = Outbox(company)
    outbox.send_due()
    assert smtp.received == []
    assert [(row.state, row.last_error) for row in outbox.rows()] == [("failed", "nothing-to-enclose")]
    assert [kind for kind, _ in outbox.bells()] == ["mail-failed"]


def test_the_limit_counts_recipients(company: Company, made: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "QUOTE_LETTERS_BY_USER", Limit("quote-letters", 3, 3600))
    path = f"/quotes/{made['id']}/letter"
    assert company.admin.post(path, letter(cc=["li@example.com"])).status_code == 200
    again = company.admin.post(path, letter(cc=["li@example.com"]))
    assert (again.status_code, again.json["code"]) == (429, "too-many-attempts")
    assert len(Outbox(company).rows()) == 2


def test_a_letter_whose_layout_is_gone_has_the_usual_paper(
    company: Company, smtp: FakeSmtp, made: Json
) -> None:
    layouts = [company.admin.post("/paper-layouts", {"name": name}).json for name in ("内销", "外贸")]
    chosen = layouts[1]
    sent = company.admin.post(f"/quotes/{made['id']}/letter", letter(layout_id=chosen["id"]))
    assert sent.status_code == 200, sent.json
    gone = company.admin.delete(f"/paper-layouts/{chosen['id']}", version=chosen["version"])
    assert gone.status_code == 204, gone.json
    Outbox(company).send_due()
    [mail] = smtp.received
    [paper] = list(mail.iter_attachments())
    assert paper.get_filename() == f"{made['number']}.pdf"
