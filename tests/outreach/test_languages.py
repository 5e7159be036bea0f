"""People are written to in their language, where a template has words in it."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.core.db import db
from app.message_templates.models import MessageTemplate
from app.outreach import releasing
from app.sms import readiness
from tests.consents.people import note, somebody
from tests.fakes.provider import Provider
from tests.outreach.desk import Desk
from tests.support.client import Company
from tests.support.statements import sent

ENGLISH = {
    "locale": "en",
    "subject": "Happy birthday",
    "body": "Happy birthday {{contact.name}}, {{today.date}}",
}


@pytest.fixture(autouse=True)
def providers(sms: Provider, mail: Provider) -> None:
    """Nothing leaves the process."""


def both(desk: Desk, way: str = "mail", **facts: object) -> tuple[UUID, UUID]:
    """A template in use, and its translation."""
    original = desk.template(way, body="祝{{contact.name}}生日快乐，{{today.date}}")
    words = {**ENGLISH, **({} if way == "mail" else {"subject": None}), **facts}
    return original, desk.template(way, twin_of_id=original, **words)


def texts(provider: Provider) -> list[str]:
    return sorted(one.facts["text"].strip() for one in provider.taken)


def test_each_is_written_to_in_theirs(company: Company, desk: Desk, mail: Provider) -> None:
    original, twin = both(desk)
    people = [
        somebody(company.admin, name="李丹", language="zh-CN"),
        somebody(company.admin, name="Ann", language="en"),
        somebody(company.admin, name="王芳"),
    ]
    desk.plan(*(desk.occasion(one, ("mail", original)) for one in people))
    desk.run()
    assert texts(mail) == [
        "Happy birthday Ann, 25 November 2026",
        "祝李丹生日快乐，2026年11月25日",
        "祝王芳生日快乐，2026年11月25日",
    ]
    told = {one.facts["text"].strip()[:5]: (one.facts["template"], one.locale) for one in mail.taken}
    assert told == {
        "Happy": (str(twin), "en"),
        "祝李丹生日": (str(original), "zh-CN"),
        "祝王芳生日": (str(original), "zh-CN"),
    }


def test_a_preview_says_the_same(company: Company, desk: Desk) -> None:
    original, twin = both(desk)
    ann = somebody(company.admin, name="Ann", language="en")
    [found] = desk.foresee(desk.occasion(ann, ("mail", original)))
    assert found.words is not None
    assert (found.words.subject, found.template_id) == ("Happy birthday", twin)


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_words_that_are_not_in_use_are_not_sent(
    company: Company, desk: Desk, mail: Provider, state: str
) -> None:
    original, _ = both(desk, state=state)
    desk.plan(desk.occasion(somebody(company.admin, name="Ann", language="en"), ("mail", original)))
    desk.run()
    assert texts(mail) == ["祝Ann生日快乐，2026年11月25日"]


def test_a_template_out_of_use_takes_its_translation_along(
    company: Company, desk: Desk, mail: Provider
) -> None:
    original, _ = both(desk)
    with desk.work():
        kept = db.session.scalars(select(MessageTemplate).where(MessageTemplate.id == original)).one()
        kept.state = "archived"
    desk.plan(desk.occasion(somebody(company.admin, language="en"), ("mail", original)))
    desk.run()
    assert (desk.states(), mail.taken) == ([("failed", "template-off")], [])


def test_a_text_that_no_vendor_has_approved_is_not_sent(
    company: Company, desk: Desk, sms: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, twin = both(desk, "sms")
    monkeypatch.setattr(readiness, "unapproved", lambda _templates: frozenset({twin}))
    desk.plan(desk.occasion(somebody(company.admin, name="Ann", language="en"), ("sms", original)))
    desk.run()
    assert texts(sms) == ["祝Ann生日快乐，2026年11月25日"]


def test_the_next_way_is_in_their_language_too(company: Company, desk: Desk, mail: Provider) -> None:
    text, _ = both(desk, "sms")
    letter, _ = both(desk)
    ann = somebody(company.admin, name="Ann", language="en")
    note(company.admin, ann, holds=False, purposes=["care"], ways=["sms"])
    desk.plan(desk.occasion(ann, ("sms", text), ("mail", letter)))
    desk.run()
    assert texts(mail) == ["Happy birthday Ann, 25 November 2026"]


def test_languages_cost_no_statement(company: Company, desk: Desk) -> None:
    plain = desk.template("sms")
    original, _ = both(desk, "sms")
    counts = []
    for chosen, language in ((plain, None), (original, "en")):
        people = [somebody(company.admin, name=f"客{n}", language=language) for n in range(3)]
        desk.plan(*(desk.occasion(one, ("sms", chosen)) for one in people))
        with desk.inside(), sent() as statements:
            releasing.release_due()
        counts.append(len(statements))
    assert counts[0] == counts[1]
