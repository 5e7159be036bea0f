"""One message to many: everybody once, whatever happens to workers and however often somebody presses."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, select, update

from app.campaigns import planning
from app.campaigns.models import CampaignPerson
from app.core.db import db
from app.outreach import releasing
from app.outreach.models import OutreachMessage
from tests.campaigns.stall import campaign, left, move, person, shown, start, step, sweep
from tests.fakes.provider import Provider
from tests.outreach.desk import Desk

Json = dict[str, Any]
NAMES = ("lin", "zhou", "he", "qin", "wu")


def crowd(desk: Desk) -> list[Json]:
    return [person(desk, name) for name in NAMES]


def test_writes_to_everybody_once_and_is_over(desk: Desk, mail: Provider) -> None:
    people = crowd(desk)
    made = campaign(desk)
    assert start(desk, made).json["state"] == "scheduled"
    sweep(desk)
    sweep(desk)
    desk.run()
    keys = sorted(one.key for one in desk.messages())
    assert keys == sorted(f"campaign:{made['id']}:{one['id']}" for one in people)
    assert desk.states() == [("sent", None)] * 5
    desk.later(minutes=2)
    sweep(desk)
    told = shown(desk, made)
    assert told["state"] == "finished"
    assert told["results"] == {
        "people": 5,
        "same_address": 0,
        "left": 0,
        "messages": [{"state": "sent", "reason": None, "count": 5}],
    }


def test_an_address_gets_one_message_however_it_is_written(desk: Desk) -> None:
    first = person(desk, "lin")
    person(desk, "zhou", email="LIN@example.com")
    made = campaign(desk)
    start(desk, made)
    sweep(desk)
    assert [str(one.contact_id) for one in desk.messages()] == [first["id"]]
    told = shown(desk, made)["results"]
    assert (told["people"], told["same_address"], told["left"]) == (2, 1, 0)


def test_is_started_once(desk: Desk) -> None:
    crowd(desk)
    made = campaign(desk)
    start(desk, made)
    again = start(desk, made)
    assert (again.status_code, again.json["code"]) == (409, "campaign-begun")
    sweep(desk)
    assert len(desk.messages()) == 5


def test_who_comes_later_is_not_meant(desk: Desk) -> None:
    crowd(desk)
    made = campaign(desk)
    start(desk, made)
    assert step(desk)
    person(desk, "late")
    sweep(desk)
    assert len(desk.messages()) == 5


def test_a_killed_worker_leaves_whole_slices(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(desk)
    monkeypatch.setattr(planning, "SLICE", 2)
    made = campaign(desk)
    start(desk, made)
    assert step(desk)
    assert step(desk)
    assert (len(desk.messages()), left(desk)) == (2, 3)
    real = planning._look_again

    def die(*_args: Any, **_facts: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(planning, "_look_again", die)
    with pytest.raises(KeyboardInterrupt):
        step(desk)
    assert (len(desk.messages()), left(desk)) == (2, 3)
    monkeypatch.setattr(planning, "_look_again", real)
    sweep(desk)
    assert (len(desk.messages()), left(desk)) == (5, 0)
    assert len({one.contact_id for one in desk.messages()}) == 5


def test_goes_no_faster_than_its_pace_and_makes_up_for_nothing(desk: Desk) -> None:
    crowd(desk)
    made = campaign(desk, pace=1, pace_per="minute")
    start(desk, made)
    sweep(desk)
    assert len(desk.messages()) == 1
    desk.later(seconds=30)
    sweep(desk)
    assert len(desk.messages()) == 1
    desk.later(hours=1)
    sweep(desk)
    assert len(desk.messages()) == 2


def test_writes_nothing_at_night(desk: Desk) -> None:
    crowd(desk)
    desk.later(hours=11)
    made = campaign(desk)
    start(desk, made)
    sweep(desk)
    assert (desk.messages(), left(desk)) == ([], 5)
    desk.later(hours=10)
    sweep(desk)
    assert len(desk.messages()) == 5


def test_rests_and_goes_on_where_it_was(desk: Desk, mail: Provider) -> None:
    crowd(desk)
    made = campaign(desk)
    start(desk, made)
    sweep(desk)
    assert move(desk, made, "paused").json["state"] == "paused"
    assert (desk.messages(), left(desk)) == ([], 5)
    sweep(desk)
    desk.run()
    assert (desk.messages(), left(desk)) == ([], 5)
    assert move(desk, made, "sending").json["state"] == "sending"
    sweep(desk)
    desk.run()
    assert desk.states() == [("sent", None)] * 5


def test_what_has_gone_out_stays_out_when_it_rests(desk: Desk, mail: Provider) -> None:
    crowd(desk)
    made = campaign(desk, pace=1, pace_per="minute")
    start(desk, made)
    sweep(desk)
    desk.run()
    move(desk, made, "paused")
    move(desk, made, "sending")
    for _ in range(6):
        desk.later(minutes=1)
        sweep(desk)
        desk.run()
    assert desk.states() == [("sent", None)] * 5
    assert len({one.contact_id for one in desk.messages()}) == 5


def test_takes_back_what_has_not_gone_out_when_it_is_cancelled(desk: Desk, mail: Provider) -> None:
    crowd(desk)
    made = campaign(desk)
    start(desk, made)
    sweep(desk)
    assert move(desk, made, "cancelled").json["state"] == "cancelled"
    desk.run()
    assert desk.states() == [("cancelled", "campaign-cancelled")] * 5
    again = move(desk, made, "sending")
    assert (again.status_code, again.json["code"]) == (409, "campaign-not-sending")


def test_what_was_written_too_late_expires(desk: Desk) -> None:
    crowd(desk)
    made = campaign(desk, lasts_hours=1)
    start(desk, made)
    step(desk)
    desk.later(hours=2)
    sweep(desk)
    desk.run()
    assert desk.states() == [("expired", "too-late")] * 5


def test_somebody_who_became_one_with_another_gets_nothing_more(desk: Desk, mail: Provider) -> None:
    lin, zhou = person(desk, "lin"), person(desk, "zhou")
    made = campaign(desk, pace=1, pace_per="minute")
    start(desk, made)
    sweep(desk)
    desk.run()
    [first] = desk.messages()
    kept, gone = (zhou, lin) if str(first.contact_id) == lin["id"] else (lin, zhou)
    with desk.work():
        # What a merge does with whatever points to whom it takes in.
        for model in (OutreachMessage, CampaignPerson):
            moved = update(model).where(model.contact_id == UUID(gone["id"]))
            db.session.execute(moved.values(contact_id=UUID(kept["id"])))
    desk.later(minutes=2)
    sweep(desk)
    assert (len(desk.messages()), left(desk)) == (1, 0)


def test_today_is_the_company_s_day(desk: Desk) -> None:
    midnight = desk.now + timedelta(hours=12)
    desk.now = midnight - timedelta(minutes=40)
    person(desk, "lin")
    desk.now = midnight + timedelta(minutes=20)
    zhou = person(desk, "zhou")
    since_today = {"field": "created_at", "op": "gte", "value": "0d"}
    made = campaign(desk, audience={"contacts": since_today})
    start(desk, made)
    assert step(desk)
    with desk.work():
        meant = db.session.scalars(select(CampaignPerson.contact_id)).all()
    assert [str(one) for one in meant] == [zhou["id"]]


def test_asks_as_often_for_many_as_for_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(desk)
    made = campaign(desk)
    start(desk, made)
    assert step(desk)
    counts = []
    for some in (1, 4):
        monkeypatch.setattr(planning, "SLICE", some)
        with desk.inside():
            engine = db.engine
        seen: list[str] = []

        def note(_c: Any, _u: Any, statement: str, *_rest: Any, seen: list[str] = seen) -> None:
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        assert step(desk)
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert left(desk) == 0
    assert counts[0] == counts[1] > 0


def test_pausing_waits_for_a_release_and_leaves_what_it_let_go(desk: Desk) -> None:
    crowd(desk)
    made = campaign(desk)
    start(desk, made)
    sweep(desk)
    let_go, answered = threading.Event(), threading.Event()

    def release() -> None:
        with desk.work():
            releasing._release(desk.now)
            let_go.set()
            # Long enough for the pause to run into the locks of these messages.
            answered.wait(1)

    def pause() -> None:
        let_go.wait(10)
        assert move(desk, made, "paused").status_code == 200
        answered.set()

    both = [threading.Thread(target=one) for one in (release, pause)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    assert desk.states() == [("sending", None)] * 5
    assert left(desk) == 0
    assert shown(desk, made)["state"] == "paused"
