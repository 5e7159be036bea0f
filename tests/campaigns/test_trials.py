"""A campaign is tried out on colleagues before others get it."""

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from app.core.db import db
from app.messaging.models import Delivery
from tests.campaigns.stall import campaign, signed_in, words
from tests.outreach.desk import Desk


def trials(desk: Desk) -> list[Any]:
    with desk.work():
        asked = select(Delivery.channel, Delivery.address, Delivery.facts)
        rows = db.session.execute(asked.where(Delivery.kind == "template-trial").order_by(Delivery.address))
        return [tuple(one) for one in rows]


def ask(desk: Desk, made: Any, *user_ids: str) -> Any:
    with signed_in(desk) as browser:
        return browser.post(f"/campaigns/{made['id']}/trials", {"user_ids": list(user_ids)})


def own_id(desk: Desk) -> str:
    with signed_in(desk) as browser:
        return str(browser.get("/session").json["user"]["id"])


def test_goes_to_where_a_colleague_signs_in_marked_as_a_trial(desk: Desk) -> None:
    made = campaign(desk, template=words(desk))
    answer = ask(desk, made, own_id(desk))
    assert (answer.status_code, answer.json) == (201, {"count": 1})
    [(channel, address, facts)] = trials(desk)
    assert (channel, address) == ("mail", desk.company.login)
    assert facts["subject"] == "【试发】生日快乐"
    assert desk.messages() == []


def test_nothing_is_sent_to_strangers(desk: Desk) -> None:
    made = campaign(desk)
    answer = ask(desk, made, own_id(desk), str(uuid4()))
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json["errors"]] == [
        ("user_ids.1", "unknown-reference")
    ]
    assert trials(desk) == []


def test_nobody_is_sent_what_they_have_no_number_for(desk: Desk) -> None:
    text = desk.template("sms", purpose="service")
    made = campaign(desk, choices=[{"way": "sms", "template_id": str(text)}])
    answer = ask(desk, made, own_id(desk))
    assert (answer.status_code, answer.json["code"]) == (409, "campaign-trial-nowhere")
    assert trials(desk) == []


def test_no_more_than_five_are_asked_at_once(desk: Desk) -> None:
    answer = ask(desk, campaign(desk), *(str(uuid4()) for _ in range(6)))
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "user_ids")
    assert trials(desk) == []


def test_words_that_are_in_use_no_more_are_not_tried(desk: Desk) -> None:
    template = words(desk)
    made = campaign(desk, template=template)
    with signed_in(desk) as browser:
        known = browser.get(f"/message-templates/{template}").json
        browser.patch(f"/message-templates/{template}", {"state": "archived"}, version=known["version"])
    answer = ask(desk, made, own_id(desk))
    assert (answer.status_code, answer.json["code"]) == (409, "campaign-trial-wordless")
    assert trials(desk) == []
