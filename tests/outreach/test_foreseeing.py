"""A preview says what the release will do."""

from datetime import datetime, timedelta

from app.consents.states import Way
from tests.consents.people import note, somebody
from tests.fakes.provider import Provider
from tests.outreach.desk import Desk
from tests.support.client import Company


def test_it_says_who_gets_what_when_and_why_not(
    company: Company, desk: Desk, sms: Provider, mail: Provider
) -> None:
    template, text = desk.template(), desk.template("sms")
    plain, refusing, nobody = (somebody(company.admin, name=name) for name in ("甲", "乙", "丙"))
    note(company.admin, refusing, holds=False, purposes=["care"], ways=["sms"])
    note(company.admin, nobody, about="do-not-contact", evidence=None)
    night = desk.now + timedelta(hours=11)
    found = desk.foresee(
        desk.occasion(plain, ("sms", text), due_at=night),
        desk.occasion(refusing, ("sms", text), ("mail", template)),
        desk.occasion(nobody, ("sms", text)),
    )
    told = {
        one.name: (one.way, one.state, one.reason, one.held_by, one.words and one.words.text) for one in found
    }
    assert told == {
        "甲": (Way.SMS, None, None, "quiet-hours", "祝甲生日快乐"),
        "乙": (Way.MAIL, None, None, None, "祝乙生日快乐"),
        "丙": (None, "suppressed", "do-not-contact", None, None),
    }
    assert [one.at for one in found if one.name == "甲"] == [datetime.fromisoformat("2026-11-26T09:00+08:00")]
    assert [(one.place, one.way, one.reason) for one in found[0].passed] == [(0, Way.SMS, "withdrawn")]
    assert (desk.messages(), sms.taken, mail.taken) == ([], [], [])


def test_it_counts_what_it_foresees_itself(company: Company, desk: Desk, sms: Provider) -> None:
    one, text = somebody(company.admin), desk.template("sms")
    first, second = desk.foresee(
        *(
            desk.occasion(one, ("sms", text), due_at=desk.now + timedelta(hours=n), key=f"k{n}")
            for n in (0, 1)
        )
    )
    assert (first.held_by, first.at) == (None, desk.now)
    assert (second.held_by, second.at) == ("cap", desk.now + timedelta(days=1))
