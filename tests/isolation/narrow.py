"""The application with a single database connection, so that whatever a request leaves on it is found."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from api.v1 import BLUEPRINTS
from app import factory
from app.access.models import Department
from app.core import clock
from app.core.db import db, engine_options
from app.core.errors import Conflict
from app.http.door import hot_read, public, signed_in
from app.http.identity import current_actor, hot_connection
from mobile_api.v1 import BLUEPRINTS as PHONE_BLUEPRINTS

HERE = "SELECT current_setting('app.tenant_id', true)"


def build(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The product's doors and a few of our own, on a pool of one."""

    def one_connection(_size: int) -> dict[str, Any]:
        return {**engine_options(1), "max_overflow": 0, "pool_timeout": 2}

    monkeypatch.setattr(factory, "engine_options", one_connection)
    narrow = factory.create_app(app.config["SETTINGS"], mounts=[*BLUEPRINTS, *PHONE_BLUEPRINTS])
    for view in (write, fail, refuse, nested, hot, hot_fail, outside):
        narrow.add_url_rule(f"/api/v1/probe/{view.__name__}", view_func=view, methods=["GET", "POST"])
    return narrow


def add_department(name: str, **facts: UUID) -> Department:
    department = Department(name=name, created_at=clock.now(), **facts)
    db.session.add(department)
    db.session.flush()
    return department


def here() -> dict[str, Any]:
    """The tenant that the database is in, beside the one that the actor is of."""
    return {"here": db.session.scalar(text(HERE)), "actor": current_actor().tenant_id}


@signed_in
def write() -> dict[str, Any]:
    add_department("written")
    return here()


@signed_in
def fail() -> dict[str, Any]:
    add_department("failed")
    raise RuntimeError


@signed_in
def refuse() -> dict[str, Any]:
    add_department("refused")
    raise Conflict


@signed_in
def nested() -> dict[str, Any]:
    kept = add_department("kept")
    try:
        with db.session.begin_nested():
            db.session.expunge(kept)
            add_department("undone", id=kept.id)
    except IntegrityError:
        return here()
    raise AssertionError


@hot_read
def hot() -> dict[str, Any]:
    return {"here": hot_connection().execute(text(HERE)).scalar(), "actor": current_actor().tenant_id}


@hot_read
def hot_fail() -> dict[str, Any]:
    hot_connection().execute(text("SELECT 1 / 0"))
    raise AssertionError


@public("a probe")
def outside() -> dict[str, Any]:
    return {"here": db.session.scalar(text(HERE))}
