"""Many decide at a time: one decision counts, none is lost, and whoever was slower is told."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.approvals.models import Approval, LogLine, Seat
from app.core.db import db
from tests.approvals.office import Office, approve, open_office, people
from tests.approvals.papers import paper
from tests.support.client import Browser, sign_up
from tests.support.people import hire

APPROVALS, RACERS = 200, 8


@pytest.fixture(scope="module")
def racers(app: Flask) -> tuple[Office, list[tuple[UUID, Browser]]]:
    """An office, and eight colleagues with browsers of their own."""
    company = sign_up(app)
    office = open_office(company)
    hired = [hire(company, "sales", name=f"racer {i}") for i in range(RACERS)]
    for i, one in enumerate(hired):
        office.ids[f"racer {i}"] = UUID(one.id)
    return office, [(UUID(one.id), one.browser) for one in hired]


def _seats(office: Office, approval_id: UUID) -> dict[UUID, tuple[UUID, int]]:
    with office.inside():
        found = db.session.scalars(select(Seat).where(Seat.approval_id == approval_id))
        return {seat.user_id: (seat.id, seat.version) for seat in found}


def _say(browser: Browser, seat: tuple[UUID, int], word: str, key: str | None = None) -> int:
    headers = {"If-Match": f'"{seat[1]}"', **({"Idempotency-Key": key} if key else {})}
    said = {"decision": word, "comment": "理由"}
    return browser.post(f"/approval-seats/{seat[0]}/decision", said, headers=headers).status_code


def test_of_eight_who_decide_at_a_time_one_does(
    racers: tuple[Office, list[tuple[UUID, Browser]]],
) -> None:
    office, people_of = racers
    office.publish(approve("a", people(*(user_id for user_id, _ in people_of)), mode="any"))
    papers = [paper() for _ in range(APPROVALS)]
    asked = [_seats(office, office.submit(of=one)) for one in papers]
    start = Barrier(RACERS)

    def race(racer: int) -> list[int]:
        user_id, browser = people_of[racer]
        word = "approve" if racer % 2 else "reject"
        start.wait()
        return [_say(browser, seats[user_id], word) for seats in asked]

    with ThreadPoolExecutor(RACERS) as pool:
        answers = list(pool.map(race, range(RACERS)))
    for told in zip(*answers, strict=True):
        assert Counter(told) == {200: 1, 412: RACERS - 1}
    with office.inside():
        decided = select(func.count()).select_from(Seat).where(Seat.decided_at.is_not(None))
        over = select(func.count()).select_from(Approval).where(Approval.ended_at.is_not(None))
        lines = select(func.count()).select_from(LogLine).where(LogLine.action.in_(["approved", "rejected"]))
        assert [db.session.scalar(one) for one in (decided, over, lines)] == [APPROVALS] * 3
    assert [len(one.turns) for one in papers] == [2] * APPROVALS


def test_the_same_word_twice_counts_once_and_is_answered_alike(
    racers: tuple[Office, list[tuple[UUID, Browser]]],
) -> None:
    office, people_of = racers
    user_id, browser = people_of[0]
    office.publish(approve("a", people(user_id)))
    of = paper()
    seat = _seats(office, office.submit(of=of))[user_id]
    key = str(uuid4())
    assert [_say(browser, seat, "approve", key) for _ in range(2)] == [200, 200]
    assert _say(browser, seat, "reject") == 412
    assert _say(browser, (seat[0], seat[1] + 1), "reject") == 409
    assert of.turns == ["begun", "granted"]
