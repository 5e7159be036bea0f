"""The page on which contacts say themselves what they want to hear."""

from typing import Any

import pytest

from tests.consents.people import consents, note, obstacles, somebody
from tests.support.client import Browser, Company, sign_up
from tests.support.people import hire


def token(browser: Browser, one: dict[str, Any]) -> str:
    answer = browser.post(f"/contacts/{one['id']}/preference-links", {})
    assert answer.status_code == 201, answer.json
    return answer.json["address"].partition("#token=")[2]


@pytest.fixture
def one(company: Company) -> dict[str, Any]:
    return somebody(company.admin)


@pytest.fixture
def stranger(company: Company) -> Browser:
    return Browser(company.app)


def test_shows_where_somebody_is_written_to_and_about_what(
    company: Company, one: dict[str, Any], stranger: Browser
) -> None:
    seen = stranger.post("/preference-lookups", {"token": token(company.admin, one)})
    assert seen.status_code == 200, seen.json
    usual = [
        {"purpose": "marketing", "wanted": False},
        {"purpose": "care", "wanted": True},
        {"purpose": "service", "wanted": True},
    ]
    assert seen.json == {
        "company": "澄川科技",
        "nothing_at_all": False,
        "ways": [
            {"way": "sms", "address": "138****8000", "purposes": usual},
            {"way": "mail", "address": "d***@example.com", "purposes": usual},
        ],
    }


def test_their_word_holds_at_once_and_is_theirs(
    company: Company, one: dict[str, Any], stranger: Browser
) -> None:
    link = token(company.admin, one)
    choices = [
        {"purpose": "care", "way": "sms", "holds": False},
        {"purpose": "marketing", "way": "mail", "holds": True},
    ]
    said = stranger.post("/preference-changes", {"token": link, "choices": choices})
    assert said.status_code == 200, said.json
    assert [p["wanted"] for way in said.json["ways"] for p in way["purposes"]] == [
        False, False, True, True, True, True,
    ]  # fmt: skip
    shown = consents(company.admin, one)
    assert obstacles(shown)["sms care"] == "withdrawn"
    assert obstacles(shown)["mail marketing"] is None
    assert {(entry["source"], entry["noted_by"]) for entry in shown["entries"]} == {("link", None)}
    closed = stranger.post("/preference-changes", {"token": link, "nothing_at_all": True})
    assert closed.json["nothing_at_all"] is True
    assert set(obstacles(consents(company.admin, one)).values()) == {"do-not-contact"}


def test_a_link_that_was_tampered_with_opens_nothing(
    company: Company, one: dict[str, Any], stranger: Browser
) -> None:
    link = token(company.admin, one)
    other = somebody(company.admin, name="另一位")
    slug, _, seal = link.split(".")
    elsewhere = sign_up(company.app)
    theirs = somebody(elsewhere.admin)
    bad = [
        f"{slug}.{other['id'].replace('-', '')}.{seal}",
        f"{elsewhere.slug}.{link.split('.', 1)[1]}",
        f"{slug}.{theirs['id'].replace('-', '')}.{token(elsewhere.admin, theirs).split('.')[2]}",
        f"{link[:-1]}{'a' if link[-1] != 'a' else 'b'}",
        "x",
        f"{slug}.{'0' * 32}.{seal}",
    ]
    for wrong in bad:
        refused = stranger.post("/preference-changes", {"token": wrong, "nothing_at_all": True})
        assert (refused.status_code, refused.json["code"]) == (410, "preference-link-dead"), wrong
    for browser, who in ((company.admin, one), (company.admin, other), (elsewhere.admin, theirs)):
        assert consents(browser, who)["entries"] == []


def test_the_link_of_somebody_in_the_bin_is_dead(
    company: Company, one: dict[str, Any], stranger: Browser
) -> None:
    link = token(company.admin, one)
    assert company.admin.delete(f"/contacts/{one['id']}", version=1).status_code == 204
    assert stranger.post("/preference-lookups", {"token": link}).status_code == 410


def test_whoever_takes_the_link_is_told_to_the_trail(company: Company, one: dict[str, Any]) -> None:
    reader = hire(company, "viewer").browser
    assert reader.post(f"/contacts/{one['id']}/preference-links", {}).status_code == 403
    token(company.admin, one)
    told = company.admin.get(f"/audit-records?subject_type=contact&subject_id={one['id']}").json["items"]
    assert [entry["action"] for entry in told] == ["preference-link-made", "created"]


def test_what_one_of_two_has_refused_stays_refused_when_they_are_merged(
    company: Company, one: dict[str, Any]
) -> None:
    other = somebody(company.admin, name="同一位")
    note(company.admin, other, holds=False, purposes=["care"], ways=["sms"], evidence=None)
    records = [{"id": each["id"], "version": each["version"]} for each in (one, other)]
    sent = {"type": "contact", "master_id": one["id"], "records": records}
    merged = company.admin.post("/merges", sent)
    assert merged.status_code == 201, merged.json
    assert obstacles(consents(company.admin, one))["sms care"] == "withdrawn"
