"""One message to many: everybody once, whatever happens to workers and however often somebody presses."""

from datetime import timedelta
from typing import Any

import pytest

from app.campaigns import planning
from tests.campaigns.stall import campaign, left, move, person, shown, start, step, sweep, words
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


def test_tries_no_other_way_once_it_is_cancelled(desk: Desk, sms: Provider) -> None:
    person(desk, "lin", phones=[{"number": "13800138000"}])
    short = words(desk, way="sms")
    choices = [{"way": "sms", "template_id": short}, {"way": "mail", "template_id": words(desk)}]
    made = campaign(desk, choices=choices)
    start(desk, made)
    sweep(desk)
    with desk.inside():
        from app.outreach import releasing

        releasing.release_due()
    move(desk, made, "cancelled")
    [message] = desk.messages()
    assert (message.state, [one["way"] for one in message.choices]) == ("sending", ["sms"])


def test_what_was_written_too_late_expires(desk: Desk) -> None:
    crowd(desk)
    made = campaign(desk, lasts_hours=1)
    start(desk, made)
    step(desk)
    desk.later(hours=2)
    sweep(desk)
    desk.run()
    assert desk.states() == [("expired", "too-late")] * 5


def test_names_what_keeps_it_from_being_started(desk: Desk) -> None:
    crowd(desk)
    nobody = {"contacts": {"field": "name", "op": "eq", "value": "谁也不是"}}
    past = (desk.now - timedelta(hours=1)).isoformat()
    cases = {
        "campaign-template-off": campaign(desk, template=words(desk, state="draft", activated_at=None)),
        "campaign-template-of-other-purpose": campaign(desk, template=words(desk, purpose="care")),
        "campaign-nobody": campaign(desk, audience=nobody),
        "campaign-moment-past": campaign(desk, start_at=past),
        "campaign-value-missing": campaign(desk, template=words(desk, body="{{asset.name}}")),
    }
    for code, made in cases.items():
        refused = start(desk, made)
        assert refused.status_code == 422, (code, refused.json)
        assert [one["code"] for one in refused.json["errors"]] == [code]
        assert shown(desk, made)["state"] == "draft"
    sweep(desk)
    assert desk.messages() == []


def test_many_people_are_named_by_whoever_writes_to_them(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(desk)
    monkeypatch.setattr("app.campaigns.services.ASK_FROM", 5)
    made = campaign(desk)
    for sent in ({}, {"confirmed_count": 4}):
        refused = start(desk, made, **sent)
        assert (refused.status_code, refused.json["code"]) == (409, "campaign-count-unconfirmed")
        assert refused.json["detail"] == "这次群发会发给 5 人，请确认人数后再开始"
    assert shown(desk, made)["state"] == "draft"
    assert start(desk, made, confirmed_count=5).json["state"] == "scheduled"


def test_says_beforehand_who_would_get_it(desk: Desk) -> None:
    person(desk, "lin")
    person(desk, "zhou", email=None)
    made = campaign(desk)
    told = desk.company.admin.get(f"/campaigns/{made['id']}/preview").json
    assert (told["total"], told["looked_at"]) == (2, 2)
    assert told["ways"] == [{"way": "mail", "count": 1}]
    assert told["obstacles"] == [{"reason": "no-address", "count": 1}]
    assert [one["name"] for one in told["people"]] == ["lin", "zhou"]


def test_is_changed_only_as_a_draft_and_copied_at_any_time(desk: Desk) -> None:
    crowd(desk)
    made = campaign(desk)
    browser = desk.company.admin
    path = f"/campaigns/{made['id']}"
    assert browser.patch(path, {"name": "春季回访"}, version=made["version"]).json["name"] == "春季回访"
    start(desk, made)
    version = shown(desk, made)["version"]
    refused = browser.patch(path, {"name": "别的"}, version=version)
    assert (refused.status_code, refused.json["code"]) == (409, "campaign-begun")
    refused = browser.delete(path, version=version)
    assert (refused.status_code, refused.json["code"]) == (409, "campaign-under-way")
    assert shown(desk, made)["name"] == "春季回访"
    copied = browser.post(f"{path}/copies", {"name": "再来一次"}).json
    assert (copied["name"], copied["state"], copied["choices"]) == ("再来一次", "draft", made["choices"])
