"""Making campaigns: what is refused, what is said beforehand, and what can still be changed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.campaigns.stall import campaign, person, shown, start, sweep, words
from tests.outreach.desk import Desk

Json = dict[str, Any]


def crowd(desk: Desk) -> list[Json]:
    return [person(desk, name) for name in ("lin", "zhou", "he", "qin", "wu")]


def test_takes_no_template_that_there_is_not(desk: Desk) -> None:
    choices = [{"way": "mail", "template_id": str(uuid4())}]
    wanted = {"name": "回访", "purpose": "service", "audience": {}, "choices": choices}
    refused = desk.company.admin.post("/campaigns", wanted)
    assert refused.status_code == 422
    assert [(one["field"], one["code"]) for one in refused.json["errors"]] == [
        ("choices.0.template_id", "unknown-reference")
    ]
    assert desk.company.admin.get("/campaigns").json["items"] == []


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
