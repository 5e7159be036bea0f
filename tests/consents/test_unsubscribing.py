"""The unsubscribe button of programmes for mail."""

from typing import Any

import pytest

from tests.consents.people import consents, somebody
from tests.consents.test_preferences import token
from tests.support.client import Browser, Company


@pytest.fixture
def one(company: Company) -> dict[str, Any]:
    return somebody(company.admin)


def entries(company: Company, one: dict[str, Any]) -> list[tuple[str, str, bool, str]]:
    """What the ledger says of a contact."""
    said = consents(company.admin, one)["entries"]
    return [(entry["purpose"], entry["way"], entry["holds"], entry["source"]) for entry in said]


def press(company: Company, query: str) -> Any:
    """What a programme for mail does: no cookies, no origin, a form."""
    return company.app.test_client(use_cookies=False).post(
        f"/api/v1/unsubscriptions?{query}", data={"List-Unsubscribe": "One-Click"}
    )


def test_the_button_refuses_that_purpose_by_mail_once(company: Company, one: dict[str, Any]) -> None:
    link = token(company.admin, one)
    assert [press(company, f"token={link}&purpose=care").status_code for _ in range(2)] == [204, 204]
    assert entries(company, one) == [("care", "mail", False, "mail-header")]


def test_looking_changes_nothing_and_leads_to_their_page(company: Company, one: dict[str, Any]) -> None:
    link = token(company.admin, one)
    seen = Browser(company.app).get(f"/unsubscriptions?token={link}&purpose=care")
    assert (seen.status_code, seen.mimetype) == (200, "text/html")
    assert f"/p#token={link}" in seen.text
    assert entries(company, one) == []


def test_what_was_never_ours_opens_nothing(company: Company, one: dict[str, Any]) -> None:
    link = token(company.admin, one)
    assert press(company, f"token={link}x&purpose=care").status_code == 410
    assert press(company, f"token={link}&purpose=other").status_code == 422
    assert press(company, f"token={link}").status_code == 422
    assert entries(company, one) == []
