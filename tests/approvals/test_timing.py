"""What time alone does: reminders, and steps that take too long."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.approvals import sweeping
from app.core import clock
from app.core.db import db
from app.messaging.models import Notification
from tests.approvals.office import Office, approve, people
from tests.approvals.papers import paper


@pytest.fixture
def o(shared_office: Office) -> Office:
    return shared_office


def _after(o: Office, approval_id: Any, hours: float) -> None:
    """Let so many hours pass, and a worker see to what is due by then."""
    with clock.pretending(clock.now() + timedelta(hours=hours)), o.inside():
        sweeping.see_to(approval_id)


def _rung(o: Office, approval_id: Any) -> list[tuple[str, str]]:
    with o.inside():
        found = select(Notification).where(Notification.link == f"/approvals/{approval_id}")
        told = db.session.scalars(found.order_by(Notification.created_at, Notification.id))
        return [(o.name(one.user_id), one.kind) for one in told]


LATE = {
    "nothing": (["chen"], "running"),
    "escalate": (["captain"], "running"),
    "transfer": (["fang"], "running"),
    "approve": ([], "granted"),
    "reject": ([], "rejected"),
}


@pytest.mark.parametrize("then", LATE)
def test_does_as_the_flow_says_when_it_takes_too_long(o: Office, then: str) -> None:
    timeout = {"amount": 2, "unit": "hours", "then": then}
    timeout |= {"to": str(o.ids["fang"])} if then == "transfer" else {}
    o.publish(approve("a", people(o.ids["chen"]), timeout=timeout))
    found = o.submit()
    _after(o, found, 1.9)
    assert (o.asked(found), o.state(found)) == (["chen"], "running")
    _after(o, found, 2.1)
    assert (o.asked(found), o.state(found)) == LATE[then]
    _after(o, found, 2.2)
    assert (o.asked(found), o.state(found)) == LATE[then]


def test_goes_further_up_each_time_it_takes_too_long(o: Office) -> None:
    timeout = {"amount": 1, "unit": "days", "then": "escalate"}
    o.publish(approve("a", people(o.ids["chen"]), timeout=timeout))
    found = o.submit()
    for hours, name in ((25, "captain"), (50, "zhou"), (75, "boss"), (100, "boss")):
        _after(o, found, hours)
        assert o.asked(found) == [name]
    assert o.state(found) == "running"


def test_reminds_once_some_time_before(o: Office) -> None:
    timeout = {
        "amount": 4, "unit": "hours", "then": "nothing", "remind": {"amount": 1, "unit": "hours"},
    }  # fmt: skip
    o.publish(approve("a", people(o.ids["chen"]), timeout=timeout))
    found = o.submit()
    for hours in (2, 3.1, 3.5):
        _after(o, found, hours)
    assert _rung(o, found) == [("chen", "approval-asked"), ("chen", "approval-reminder")]


def test_rings_for_each_whose_turn_comes_and_for_the_submitter_at_the_end(o: Office) -> None:
    copy = {"id": "c", "type": "copy", "name": "抄送", "who": [people(o.ids["shen"])]}
    o.publish(approve("a", people(o.ids["chen"])), copy, approve("b", people(o.ids["fang"])))
    found = o.submit(of=paper())
    o.say("chen", found)
    o.say("fang", found, "reject")
    assert _rung(o, found) == [
        ("chen", "approval-asked"),
        ("fang", "approval-asked"),
        ("shen", "approval-copied"),
        ("lin", "approval-rejected"),
    ]


def test_a_worker_goes_round_all_companies(office: Office) -> None:
    timeout = {"amount": 1, "unit": "hours", "then": "approve"}
    office.publish(approve("a", people(office.ids["chen"]), timeout=timeout))
    found = office.submit()
    with clock.pretending(clock.now() + timedelta(hours=2)), office.company.app.app_context():
        sweeping.sweep()
    assert office.state(found) == "granted"
