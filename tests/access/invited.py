"""Whoever was invited, and what they do with their link."""

from typing import Any

from sqlalchemy import text

from app.core.db import db
from app.core.uow import unit_of_work
from tenants.context import tenant_scope
from tests.support.client import PASSWORD, Browser, Company

DEAD = (410, "invitation-dead")


def look(company: Company, token: str) -> Any:
    """What an invitation shows to whoever holds its link."""
    return Browser(company.app).post("/invitation-lookups", {"token": token})


def accept(company: Company, token: str, **facts: Any) -> Any:
    """The answer to accepting an invitation."""
    return Browser(company.app).post(
        "/invitation-acceptances", {"token": token, "password": PASSWORD, **facts}
    )


def outcome(answer: Any) -> tuple[int, str | None]:
    """The status of an answer, and its code if it is a refusal."""
    return answer.status_code, answer.json["code"] if answer.status_code >= 400 else None


def colleagues(company: Company) -> list[str]:
    """The sign-in names of all users of a company."""
    return [user["login"] for user in company.admin.get("/users").json["items"]]


def expire(company: Company, invitation_id: str) -> None:
    """Make an invitation too old."""
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        db.session.execute(
            text(
                "UPDATE invitations SET expires_at = created_at - interval '1 second'"
                " WHERE tenant_id = :here AND id = :id"
            ),
            {"here": company.tenant_id, "id": invitation_id},
        )
