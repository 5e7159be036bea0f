"""What those did who got a campaign: links they followed, and who wants no more of it."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import db
from app.messaging import followed_links
from app.messaging.models import Delivery
from app.messaging.written import mail as written_mail
from app.outreach.models import OutreachClick
from app.outreach.visitors import is_person
from tests.campaigns.stall import campaign, person, shown, signed_in, start, sweep, words
from tests.fakes.provider import Provider
from tests.outreach.desk import Desk

Json = dict[str, Any]
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
}
BODY = (
    '<p><a href="https://example.com/a?x=1&amp;y=2">甲</a> <a href="https://example.com/b">乙</a> '
    '<a href="https://example.com/a?x=1&amp;y=2">又是甲</a> <a href="mailto:a@example.com">信</a></p>'
)


def sent(desk: Desk, **facts: Any) -> Json:
    """A campaign that has gone out to two people."""
    for name in ("lin", "zhou"):
        person(desk, name)
    made = campaign(desk, template=words(desk, body=BODY), **facts)
    start(desk, made)
    sweep(desk)
    desk.run()
    return made


def letters(desk: Desk) -> list[tuple[Any, Mapping[str, Any]]]:
    with desk.work():
        rows = db.session.execute(select(Delivery.id, Delivery.facts).order_by(Delivery.id))
        return [(row[0], row[1]) for row in rows]


def ways(desk: Desk) -> list[list[str]]:
    """Where the links of each letter lead as it goes over the wire, without the host."""
    found = []
    for delivery_id, facts in letters(desk):
        page = written_mail(facts, "zh-CN", "https://us", letter=(desk.company.tenant_id, delivery_id)).html
        found.append(re.findall(r'href="https://us(/api/v1/followed-links\?token=[^"]*)"', page))
    return found


def visit(desk: Desk, way: str, headers: Mapping[str, str] = BROWSER, method: str = "GET") -> Any:
    client: FlaskClient = desk.company.app.test_client()
    return client.open(way, method=method, headers=dict(headers))


def heard(desk: Desk, made: Json) -> Json:
    with signed_in(desk) as browser:
        return dict(browser.get(f"/campaigns/{made['id']}/response").json)


def clicks(desk: Desk) -> int:
    with desk.work():
        return len(db.session.scalars(select(OutreachClick.target)).all())


def test_links_lead_on_and_count_once_for_each_person(desk: Desk, mail: Provider) -> None:
    made = sent(desk)
    first, second = ways(desk)
    assert len(first) == 3
    assert first[0] == first[2] != first[1]
    for way in (first[0], first[0], first[1], second[0]):
        answer = visit(desk, way)
        assert answer.status_code == 302
    assert visit(desk, first[0]).headers["Location"] == "https://example.com/a?x=1&y=2"
    assert heard(desk, made) == {
        "clicked": 2, "replied": 0, "unsubscribed": 0,
        "links": [
            {"target": "https://example.com/a?x=1&y=2", "people": 2},
            {"target": "https://example.com/b", "people": 1},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "method"),
    [
        (BROWSER, "HEAD"),
        ({**BROWSER, "Purpose": "prefetch"}, "GET"),
        ({**BROWSER, "Sec-Purpose": "prefetch;prerender"}, "GET"),
        ({**BROWSER, "X-Moz": "prefetch"}, "GET"),
        ({"User-Agent": "Mozilla/5.0 (compatible; bingbot/2.0)"}, "GET"),
        ({"User-Agent": "Barracuda Sentinel (EE)"}, "GET"),
        ({"User-Agent": ""}, "GET"),
    ],
)
def test_programmes_are_led_on_but_not_counted(
    desk: Desk, mail: Provider, headers: Mapping[str, str], method: str
) -> None:
    sent(desk)
    answer = visit(desk, ways(desk)[0][0], headers, method)
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://example.com/a?x=1&y=2")
    assert clicks(desk) == 0


def test_people_are_told_from_programmes() -> None:
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50"
    assert is_person("GET", {"User-Agent": phone})
    assert not is_person("POST", {"User-Agent": phone})


def test_a_way_that_was_changed_leads_nowhere(desk: Desk, mail: Provider) -> None:
    sent(desk)
    way = ways(desk)[0][0]
    head, name, place, seal = way.rsplit(".", 3)
    other = "1" if place == "0" else "0"
    for wrong in (
        f"{head}.{name}.{other}.{seal}",
        f"{head}.{name}.{place}.{'A' * 22}",
        f"{head}.{'A' * 22}.{place}.{seal}",
        "/api/v1/followed-links?token=https://evil.example",
    ):
        answer = visit(desk, wrong)
        assert (answer.status_code, answer.json["code"]) == (410, "followed-link-dead"), wrong
    assert clicks(desk) == 0


def test_a_link_that_the_letter_has_not_leads_nowhere(desk: Desk, mail: Provider) -> None:
    sent(desk)
    delivery_id, _facts = letters(desk)[0]
    far = followed_links.token_of(followed_links.Followed(desk.company.tenant_id, delivery_id, 7))
    answer = visit(desk, f"/api/v1/followed-links?token={far}")
    assert answer.status_code == 410
    assert clicks(desk) == 0


def test_only_letters_of_campaigns_lead_by_way_of_us() -> None:
    facts = {"subject": "s", "text": "t", "html": BODY}
    page = written_mail(facts, "zh-CN", "https://us", letter=(1, uuid4())).html
    assert "followed-links" not in page
    assert 'href="https://example.com/b"' in page


def test_who_unsubscribes_within_a_week_is_counted(desk: Desk, mail: Provider) -> None:
    made = sent(desk)
    _id, facts = letters(desk)[0]
    desk.later(minutes=30)
    with signed_in(desk):
        client = desk.company.app.test_client()
        way = f"/api/v1/unsubscriptions?purpose=service&token={facts['unsubscribe']}"
        assert client.post(way).status_code == 204
    told = heard(desk, made)
    assert (told["unsubscribed"], told["clicked"], told["replied"]) == (1, 0, 0)
    assert shown(desk, made)["results"]["people"] == 2
    with signed_in(desk) as browser:
        listed = browser.get(f"/outreach-messages?origin_id={made['id']}").json["items"]
    assert sorted((one["unsubscribed"], one["replied"], one["clicks"]) for one in listed) == [
        (False, False, 0),
        (True, False, 0),
    ]


def test_nobody_hears_of_a_campaign_that_is_none(desk: Desk) -> None:
    with signed_in(desk) as browser:
        assert browser.get("/campaigns/00000000-0000-7000-8000-000000000000/response").status_code == 404
