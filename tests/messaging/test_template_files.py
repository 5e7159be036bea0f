"""Files on templates of mails: hung, shown in the text, sent along, copied and let go."""

from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.files import storage
from app.message_templates import enclosed
from tests.consents.people import somebody
from tests.fakes.smtp import FakeSmtp
from tests.files.shelf import code_of, hang, listed, lying, painted, upload
from tests.message_templates.desk import active, put, template
from tests.messaging.outbox import Outbox
from tests.outreach.desk import Desk
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.store import Store

KIND = "message-template"
PDF = b"%PDF-1.4\n%%EOF\n"
Json = dict[str, Any]


def letter(browser: Browser) -> Json:
    """A template of mails in use, with a picture in its text and a paper beside it."""
    made = active(browser, way="mail")
    picture = hang(browser, made, "贺卡.png", KIND)
    assert upload(browser, made, PDF, "手册.pdf", KIND).status_code == 201
    answer = put(browser, made, body=f"<p>祝好</p>{shown(picture)}")
    assert answer.status_code == 200, answer.json
    return {**answer.json, "picture": picture}


def shown(picture: Json) -> str:
    """A picture in a text, as the editor writes it."""
    return f'<img src="cid:{picture["id"]}@files" alt="贺卡" width="8">'


def parts(mail: EmailMessage) -> list[tuple[str, str | None, str | None]]:
    """Of what kind each part of a mail is, what it is called, and by which name the page shows it."""
    return [
        (part.get_content_type(), part.get_filename(), part["Content-ID"])
        for part in mail.walk()
        if not part.is_multipart()
    ]


def sent_to_somebody(company: Company, made: Json) -> Desk:
    """A desk that has sent a message by a template."""
    desk = Desk(company)
    desk.plan(desk.occasion(somebody(company.admin), ("mail", UUID(made["id"]))))
    desk.run()
    return desk


def test_files_go_along_and_pictures_stand_in_the_page(company: Company, smtp: FakeSmtp) -> None:
    made = letter(company.admin)
    assert made["body"].endswith(f'<img src="cid:{made["picture"]["id"]}@files" alt="贺卡" width="8">')
    desk = sent_to_somebody(company, made)
    assert desk.states() == [("sent", None)]
    [mail] = smtp.received
    name = f"{made['picture']['id']}@files"
    assert parts(mail) == [
        ("text/plain", None, None),
        ("text/html", None, None),
        ("image/png", "贺卡.png", f"<{name}>"),
        ("application/pdf", "手册.pdf", None),
    ]
    page = mail.get_body(("html",))
    assert page is not None
    assert f'src="cid:{name}"' in page.get_content()
    contents = [part.get_payload(decode=True) for part in mail.walk() if part.get_filename()]
    assert contents == [painted(), PDF]


def test_a_mail_to_try_it_out_has_the_same_in_it(company: Company, smtp: FakeSmtp) -> None:
    made = letter(company.admin)
    assert company.admin.post(f"/message-templates/{made['id']}/trial-mails").status_code == 201
    Outbox(company).send_due()
    assert [name for _, name, _ in parts(smtp.received[-1])] == [None, None, "贺卡.png", "手册.pdf"]


def test_what_has_vanished_is_not_sent_without(company: Company, smtp: FakeSmtp) -> None:
    made = letter(company.admin)
    for name in lying(company):
        storage.store().delete(storage.key_of(company.slug, name))
    desk = sent_to_somebody(company, made)
    assert desk.states() == [("failed", "nothing-to-enclose")]
    assert smtp.received == []


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="https://evil.example/x.png">',
        '<img src="data:image/png;base64,AAAA">',
        '<img alt="x" onerror="alert(1)">',
        '<img src="cid:../../x">',
        '<a href="cid:x@files">看</a>',
    ],
)
def test_foreign_pictures_are_taken_out(company: Company, picture: str) -> None:
    made = template(company.admin, way="mail", body=f"<p>您好</p>{picture}")
    assert made["body"] in ("<p>您好</p>", '<p>您好</p><a rel="noopener noreferrer">看</a>')


def test_a_picture_must_hang_on_the_template_itself(company: Company) -> None:
    made, other = letter(company.admin), active(company.admin, way="mail")
    strange = {"id": str(uuid4())}
    for picture in (made["picture"], strange):
        refused = put(company.admin, other, body=f"<p>您好</p>{shown(picture)}")
        assert [one["code"] for one in refused.json["errors"]] == ["template-unknown-picture"]
    body = {"name": "新", "way": "mail", "purpose": "care", "subject": "好", "body": shown(strange)}
    assert company.admin.post("/message-templates", body).status_code == 422
    assert company.admin.get(f"/message-templates/{other['id']}").json["body"] == other["body"]


def test_what_the_text_shows_stays(company: Company) -> None:
    made = letter(company.admin)
    picture = made["picture"]
    path = f"/attachments/{picture['id']}"
    refused = company.admin.delete(path, version=picture["version"])
    assert (refused.status_code, refused.json["code"]) == (409, "file-shown")
    assert listed(company.admin, made, KIND) == ["手册.pdf", "贺卡.png"]
    assert put(company.admin, made, body="<p>祝好</p>").status_code == 200
    assert company.admin.delete(path, version=picture["version"]).status_code == 204
    assert listed(company.admin, made, KIND) == ["手册.pdf"]


def test_a_copy_has_files_of_its_own(company: Company) -> None:
    made = letter(company.admin)
    copied = company.admin.post(f"/message-templates/{made['id']}/copies").json
    items = company.admin.get(f"/records/{KIND}/{copied['id']}/attachments").json["items"]
    assert [one["name"] for one in items] == ["手册.pdf", "贺卡.png"]
    picture = items[1]["id"]
    assert picture != made["picture"]["id"]
    assert copied["body"] == made["body"].replace(made["picture"]["id"], picture)
    path = f"/message-templates/{copied['id']}"
    assert company.admin.delete(path, version=copied["version"]).status_code == 204
    assert company.admin.get(f"/attachments/{picture}").status_code == 404
    assert listed(company.admin, made, KIND) == ["手册.pdf", "贺卡.png"]


def test_files_hang_on_mails_only_and_are_brought_by_those_who_write_them(
    company: Company,
) -> None:
    text, mail = active(company.admin), active(company.admin, way="mail")
    assert upload(company.admin, text, PDF, "一.pdf", KIND).status_code == 404
    seller = hire(company, "sales").browser
    assert upload(seller, mail, PDF, "一.pdf", KIND).status_code == 403
    for n in range(enclosed.MOST):
        assert upload(company.admin, mail, PDF, f"{n}.pdf", KIND).status_code == 201
    assert code_of(upload(company.admin, mail, PDF, "多.pdf", KIND)) == "too-many-files"
    assert len(listed(company.admin, mail, KIND)) == enclosed.MOST


def test_all_files_together_must_fit_into_a_mail(company: Company, store: Store) -> None:
    mail = active(company.admin, way="mail")
    assert upload(company.admin, mail, PDF, "大.pdf", KIND).status_code == 201
    almost = enclosed.MOST_BYTES - len(PDF)
    store.rows("UPDATE attachments SET size = %s WHERE tenant_id = %s", almost, company.tenant_id)
    assert upload(company.admin, mail, PDF, "小.pdf", KIND).status_code == 201
    assert code_of(upload(company.admin, mail, PDF, "多.pdf", KIND)) == "files-too-large-together"
    assert listed(company.admin, mail, KIND) == ["小.pdf", "大.pdf"]
