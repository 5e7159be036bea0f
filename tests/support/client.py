"""Talking to the application as its users do: over HTTP, with JSON."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "correct horse 9"
_numbers = count(1)


class Browser:
    """A browser without pages: keeps cookies and echoes the CSRF cookie, as our pages do."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()

    def call(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        headers: dict[str, str] | None = None,
        door: str = "/api/v1",
        **options: Any,
    ) -> TestResponse:
        """One request below a door, the browser's unless it is said."""
        csrf = self.client.get_cookie("gx_csrf")
        sent = {"X-CSRF-Token": csrf.value} if csrf else {}
        if json is not None:
            options["json"] = json
        return self.client.open(
            f"{door}{path}", method=method, headers={**sent, **(headers or {})}, **options
        )

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.call("GET", path, **options)

    def post(
        self, path: str, json: Any = None, *, version: int | None = None, **options: Any
    ) -> TestResponse:
        return self.call("POST", path, json, headers=_if_match(version, options), **options)

    def put(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("PUT", path, json, **options)

    def patch(
        self, path: str, json: Any = None, *, version: int | None = None, **options: Any
    ) -> TestResponse:
        return self.call("PATCH", path, json, headers=_if_match(version, options), **options)

    def delete(self, path: str, *, version: int | None = None, **options: Any) -> TestResponse:
        return self.call("DELETE", path, headers=_if_match(version, options), **options)


def _if_match(version: int | None, options: dict[str, Any]) -> dict[str, str]:
    headers: dict[str, str] = options.pop("headers", None) or {}
    return headers if version is None else {**headers, "If-Match": f'"{version}"'}


@dataclass
class Company:
    """A company of a test, with its administrator's browser."""

    app: Flask
    name: str
    slug: str
    login: str
    user_id: str
    admin: Browser
    members: dict[str, Browser] = field(default_factory=dict)

    @property
    def tenant_id(self) -> int:
        """The internal id, which no door gives away."""
        from sqlalchemy import select

        from app.core.db import db
        from tenants.models import Tenant

        with self.app.app_context():
            return db.session.scalars(select(Tenant.id).where(Tenant.slug == self.slug)).one()


def unique_login() -> str:
    """An e-mail address that no other test of this process uses."""
    return f"user{next(_numbers)}@example.com"


def sign_up(app: Flask, *, name: str = "澄川科技", login: str | None = None) -> Company:
    """Sign a company up through the front door."""
    browser, login = Browser(app), login or unique_login()
    answer = browser.post(
        "/signups", {"company": name, "name": "秦明远", "login": login, "password": PASSWORD}
    )
    assert answer.status_code == 201, answer.json
    body = answer.json
    return Company(
        app=app,
        name=name,
        slug=body["tenant"]["slug"],
        login=login,
        user_id=body["user"]["id"],
        admin=browser,
    )
