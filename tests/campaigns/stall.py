"""Campaigns for tests, made through the front door, and what workers do with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import time_machine
from sqlalchemy import select

from app.campaigns import planning, sweeping
from app.campaigns.models import CampaignPerson
from app.core.db import db
from app.core.uow import unit_of_work
from tests.care.clockwork import stay_signed_in
from tests.outreach.desk import Desk
from tests.support.client import Browser

Json = dict[str, Any]


def person(desk: Desk, name: str, **facts: Any) -> Json:
    """Somebody who can be written to by mail."""
    told = {"name": name, "email": f"{name}@example.com", **facts}
    with signed_in(desk) as browser:
        answer = browser.post("/contacts", told)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def words(desk: Desk, **facts: Any) -> str:
    """A template for service mails that is in use."""
    return str(desk.template(**{"purpose": "service", **facts}))


def campaign(desk: Desk, *, template: str | None = None, **facts: Any) -> Json:
    """A draft to everybody, by mail."""
    choices = [{"way": "mail", "template_id": template or words(desk)}]
    wanted = {"name": "回访", "purpose": "service", "audience": {}, "choices": choices, **facts}
    with signed_in(desk) as browser:
        answer = browser.post("/campaigns", wanted)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


@contextmanager
def signed_in(desk: Desk) -> Iterator[Browser]:
    """The administrator's browser at the desk's time."""
    # What is due now is due at the desk's time, and not a moment later.
    with time_machine.travel(desk.now, tick=False):
        stay_signed_in(desk.company)
        yield desk.company.admin


def start(desk: Desk, made: Json, **sent: Any) -> Any:
    """The answer to starting it at the desk's time."""
    with signed_in(desk) as browser:
        return browser.post(f"/campaigns/{made['id']}/start", sent)


def move(desk: Desk, made: Json, state: str) -> Any:
    """The answer to a move at the desk's time."""
    with signed_in(desk) as browser:
        return browser.post(f"/campaigns/{made['id']}/state", {"state": state})


def sweep(desk: Desk) -> None:
    """What the workers do with campaigns now."""
    with desk.inside():
        sweeping.visit()


def step(desk: Desk) -> bool:
    """One transaction of a worker."""
    with desk.inside(), unit_of_work():
        return planning.take_next()


def shown(desk: Desk, made: Json) -> Json:
    """The campaign as it stands."""
    with signed_in(desk) as browser:
        return dict(browser.get(f"/campaigns/{made['id']}").json)


def left(desk: Desk) -> int:
    """How many people wait for their message to be written."""
    with desk.work():
        asked = select(CampaignPerson).where(
            CampaignPerson.planned_at.is_(None), CampaignPerson.same_address.is_(False)
        )
        return len(db.session.scalars(asked).all())
