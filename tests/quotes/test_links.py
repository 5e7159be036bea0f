"""Links to quotes: what customers read by them, what they answer, and who learns of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.core import clock
from tests.quotes.office import customer, deeds, go, line, quote, valve
from tests.quotes.test_states import refused
from tests.support.client import Browser, Company
from tests.support.pdf_text import text_of
from tests.support.people import hire
from tests.support.pictures import signed

Json = dict[str, Any]


@pytest.fixture
def visitor(company: Company) -> Browser:
    """The customer's browser, which has no account."""
    return Browser(company.app)


@pytest.fixture
def made(company: Company) -> Json:
    """A quote that may go out."""
    lines = (line(valve(company.admin), "2", note="含附件"), line(name="调试", unit_price=10_000))
    to = customer(company.admin, "澜图软件")
    drawn = quote(company.admin, to, *lines, title="二期改造", remark="内部", valid_until="2099-12-31")
    return go(company.admin, drawn, "submission")


def link(browser: Browser, made: Json, **facts: Any) -> str:
    """The token of a new link."""
    answer = browser.post(f"/quotes/{made['id']}/links", facts)
    assert answer.status_code == 201, answer.json
    return str(answer.json["address"].partition("/q#token=")[2])


def look(browser: Browser, token: str, **more: Any) -> TestResponse:
    """What the link shows."""
    return browser.post("/quote-link-lookups", {"token": token, **more})


def say(browser: Browser, token: str, outcome: str, **more: Any) -> TestResponse:
    """The customer's word."""
    return browser.post("/quote-link-answers", {"token": token, "outcome": outcome, **more})


def listed(browser: Browser, made: Json) -> list[Json]:
    """All links, the latest first."""
    return list(browser.get(f"/quotes/{made['id']}/links").json["items"])


def bells(company: Company) -> list[str]:
    """What the administrator was told, the latest first."""
    return [one["kind"] for one in company.admin.get("/notifications").json["items"]]


def test_a_customer_reads_what_was_submitted_and_the_owner_learns_of_it(
    company: Company, visitor: Browser, made: Json
) -> None:
    token = link(company.admin, made, recipient="周清")
    assert listed(company.admin, made)[0]["opens"] == 0
    shown = look(visitor, token)
    assert shown.status_code == 200, shown.json
    body = shown.json
    assert (body["company"], body["title"], body["state"], body["can_answer"]) == (
        company.name, "二期改造", "open", True,
    )  # fmt: skip
    assert [row[1][0] for row in body["rows"]] == ["", ""]
    assert [row[2] for row in body["rows"]] == [["球阀", "含附件"], ["调试"]]
    assert body["total"] == ["含税总额", "¥300.00"]
    told = shown.get_data(as_text=True)
    assert not any(
        hidden in told for hidden in ("内部", "60.00", "80.00", made["id"], made["customer"]["id"])
    )
    look(visitor, token)
    [seen] = listed(company.admin, made)
    assert (seen["opens"], seen["recipient"], seen["alive"]) == (2, "周清", True)
    assert seen["opened_at"] < seen["last_opened_at"]
    assert bells(company) == ["quote-opened"]
    assert deeds(company, made)[:2] == ["opened", "link-made"]


def test_a_customer_reads_in_their_language_and_prints(
    visitor: Browser, company: Company, made: Json
) -> None:
    token = link(company.admin, made)
    assert look(visitor, token, locale="en").json["total"][0] == "Total incl. tax"
    printed = visitor.get(f"/quote-link-papers?token={token}&locale=en")
    assert printed.mimetype == "application/pdf"
    assert "Quotation" in text_of(printed.data)


def test_a_customer_accepts_once(company: Company, visitor: Browser, made: Json) -> None:
    token = link(company.admin, made)
    assert say(visitor, token, "accepted").status_code == 422
    assert say(visitor, token, "accepted", name="周清", signature=signed(strokes=0)).status_code == 422
    assert company.admin.get(f"/quotes/{made['id']}").json["state"] == "approved"
    for _ in range(2):
        answer = say(visitor, token, "accepted", name="周清", note="尽快发货", signature=signed())
        assert (answer.status_code, answer.json["state"], answer.json["can_answer"]) == (
            200,
            "accepted",
            False,
        )
    refused(say(visitor, token, "declined"), "quote-not-open")
    assert company.admin.get(f"/quotes/{made['id']}").json["state"] == "accepted"
    [seen] = listed(company.admin, made)
    assert (seen["outcome"], seen["answered_by"], seen["note"]) == ("accepted", "周清", "尽快发货")
    assert seen["signature"].startswith("data:image/png;base64,")
    assert bells(company) == ["quote-accepted"]
    trail = company.admin.get(f"/audit-records?subject_type=quote&subject_id={made['id']}").json["items"]
    assert (trail[0]["action"], trail[0]["changes"][0]["after"]) == ("accepted", "周清")
    assert deeds(company, made).count("accepted") == 1


def test_a_customer_declines_and_says_why(company: Company, visitor: Browser, made: Json) -> None:
    token, other = link(company.admin, made), link(company.admin, made)
    assert say(visitor, token, "declined", note="预算推迟").json["state"] == "declined"
    whole = company.admin.get(f"/quotes/{made['id']}").json
    assert (whole["state"], whole["decline_reason"]) == ("declined", "预算推迟")
    # Whoever holds another link reads what was decided, and cannot decide again.
    assert (look(visitor, other).json["state"], look(visitor, other).json["can_answer"]) == (
        "declined",
        False,
    )
    refused(say(visitor, other, "accepted", name="周清"), "quote-not-open")


def test_every_dead_link_says_the_same(
    company: Company, other_company: Company, visitor: Browser, made: Json
) -> None:
    revoked, old = link(company.admin, made), link(company.admin, made)
    [_, first] = listed(company.admin, made)
    for _ in range(2):
        assert company.admin.delete(f"/quote-links/{first['id']}").status_code == 204
    assert deeds(company, made).count("link-revoked") == 1
    _, _, secret = old.partition(".")
    unknown = [f"{other_company.slug}.{secret}", f"{company.slug}.{'x' * 43}", "nobody.x", "x", "' or 1=1"]
    said = [look(visitor, token) for token in (revoked, *unknown)]
    with clock.pretending(datetime(2100, 1, 1, 1, tzinfo=UTC)):
        said.append(look(visitor, old))
    company.admin.post(f"/quotes/{made['id']}/renewal")
    said += [
        look(visitor, old),
        visitor.get(f"/quote-link-papers?token={old}"),
        say(visitor, old, "declined"),
    ]
    assert {(one.status_code, one.json["code"], one.json["detail"]) for one in said} == {
        (410, "quote-link-dead", said[0].json["detail"])
    }
    assert deeds(company, made)[0] == "renewed"


def test_a_link_lives_as_long_as_its_quote(company: Company, visitor: Browser, made: Json) -> None:
    token = link(company.admin, made)
    [kept] = listed(company.admin, made)
    assert kept["expires_at"].startswith("2099-12-31T16:00:00")
    version = company.admin.get(f"/quotes/{made['id']}").json["version"]
    assert company.admin.delete(f"/quotes/{made['id']}", version=version).status_code == 204
    assert look(visitor, token).status_code == 410
    endless = go(
        company.admin, quote(company.admin, made["customer"], line(name="阀", unit_price=1)), "submission"
    )
    link(company.admin, endless)
    [of_endless] = listed(company.admin, endless)
    lifetime = datetime.fromisoformat(of_endless["expires_at"]) - datetime.fromisoformat(
        of_endless["created_at"]
    )
    assert lifetime == timedelta(days=90)


def test_only_whoever_may_send_a_quote_makes_links(company: Company, made: Json) -> None:
    colleague = hire(company, "sales").browser
    assert colleague.post(f"/quotes/{made['id']}/links", {}).status_code == 404
    assert colleague.get(f"/quotes/{made['id']}/links").status_code == 404
    link(company.admin, made)
    [kept] = listed(company.admin, made)
    assert colleague.delete(f"/quote-links/{kept['id']}").status_code == 404
    assert listed(company.admin, made)[0]["alive"] is True
    draft = quote(company.admin, made["customer"], line(name="阀", unit_price=1))
    refused(company.admin.post(f"/quotes/{draft['id']}/links", {}), "quote-not-open")


def test_a_replayed_link_is_not_shown_again(company: Company, made: Json) -> None:
    key = {"Idempotency-Key": "make-a-link-once"}
    first, again = (company.admin.post(f"/quotes/{made['id']}/links", {}, headers=key) for _ in range(2))
    assert first.json["address"]
    assert again.json == {"address": None}
    assert len(listed(company.admin, made)) == 1
