"""For load balancers and monitoring: alive, ready, measured."""

import hmac
from typing import Any

import redis
from flask import Blueprint, Response, current_app, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.broker import broker
from app.core.db import db
from app.core.errors import NotFound
from app.http import metrics
from app.http.door import public
from app.operators import overview
from migrations import runner

health = Blueprint("health", __name__)
HEARTBEAT_KEY = overview.BEAT_KEY
HEARTBEAT_SECONDS = 90


@health.get("/healthz")
@public("a load balancer asks whether the process lives")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@health.get("/readyz")
@public("a load balancer asks whether requests can be served")
def readyz() -> tuple[dict[str, Any], int]:
    """Database, broker, migrations and worker, each by name."""
    checks = {
        "database": _database(),
        "migrations": _migrations(),
        "broker": _broker(),
        "worker": _worker(),
    }
    ready = all(state == "ok" for state in checks.values())
    return {"status": "ok" if ready else "unavailable", "checks": checks}, 200 if ready else 503


@health.get("/metrics")
@public("Prometheus scrapes; in production by its token only, elsewhere from this machine too")
def show_metrics() -> Response:
    """This process's counters."""
    settings = current_app.config["SETTINGS"]
    token = settings.metrics_token
    if token:
        sent = request.headers.get("Authorization", "")
        if not hmac.compare_digest(sent.encode(), f"Bearer {token}".encode()):
            raise NotFound
    elif settings.environment == "production" or request.remote_addr not in {"127.0.0.1", "::1"}:
        # Behind a proxy that is not declared, everyone seems to come from this machine.
        raise NotFound
    return Response(metrics.exposition(), content_type=metrics.CONTENT_TYPE)


def _database() -> str:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return "no answer"
    return "ok"


def _migrations() -> str:
    try:
        found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return "unknown"
    return "ok" if found == runner.newest() else f"at {found}, not {runner.newest()}"


def _broker() -> str:
    try:
        broker().ping()
    except redis.RedisError:
        return "no answer"
    return "ok"


def _worker() -> str:
    try:
        beat = broker().get(HEARTBEAT_KEY)
    except redis.RedisError:
        return "unknown"
    if not isinstance(beat, str):
        return "no heartbeat"
    age = clock.now().timestamp() - float(beat)
    return "ok" if age < HEARTBEAT_SECONDS else f"silent for {int(age)} s"
