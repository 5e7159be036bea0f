"""Flask, with one request = one transaction = at most one tenant."""

import re
import secrets
import time
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.core.messages import best_locale
from app.core.origin import Origin, current_origin, origin_scope
from app.core.uow import unit_of_work
from app.http import idempotency, identity, metrics
from app.http.door import Door, current_door
from tenants.context import current_tenant_id, outside_scope

log = structlog.get_logger("request")
_NO_DOOR = Door("local", "a view without a declaration is shut")


class NoSession(SessionInterface):
    """Flask's own cookie session is not used; signing an empty one for each request is saved."""

    _none = SecureCookieSession()

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Always the same, empty one."""
        return self._none

    def is_null_session(self, obj: object) -> bool:
        """Nothing is ever saved."""
        return True

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Never called, as every session is a null session."""


class GuanxiFlask(Flask):
    """A view either happened entirely or not at all."""

    session_interface = NoSession()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Views are plain functions: asking each time whether they are coroutines is saved."""
        return func

    def full_dispatch_request(self) -> Response:
        """Answer one request: its origin noted, no tenant before it, none left behind."""
        started = time.perf_counter()
        asked = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
        with origin_scope(_origin(asked)), outside_scope():
            try:
                response = super().full_dispatch_request()
            finally:
                identity.leave_hot()
            identity.note_use()
            _tell(asked, response, time.perf_counter() - started)
            return response

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view inside a unit of work, so that commit errors are handled like any other."""
        if request.routing_exception is not None:
            self.raise_routing_exception(request)
        if request.endpoint in {"static", None}:
            raise NotFound
        door = current_door() or _NO_DOOR
        if door.hot:
            with identity.ending_as_shown():
                identity.admit(door)
                return identity.read_hot(self._hot_view)
        with unit_of_work():
            identity.admit(door)
            if request.method == "POST" and door.kind == "signed-in" and door.keeps_answer:
                key = idempotency.sent_key()
                if key is not None:
                    return idempotency.once(identity.current_actor(), key, self._response)
            return self._response()

    def _hot_view(self) -> ResponseReturnValue:
        # Within the read, because it may rest on what is no longer so.
        identity.demand_fit(current_door() or _NO_DOOR)
        return self._view()

    def _view(self) -> ResponseReturnValue:
        return super().dispatch_request()

    def _response(self) -> Response:
        return self.make_response(self._view())


def _origin(asked: Request) -> Origin:
    sent = asked.environ.get
    claimed = sent("HTTP_X_REQUEST_ID", "")
    known = claimed and re.fullmatch(r"[A-Za-z0-9-]{8,64}", claimed)
    return Origin(
        request_id=claimed if known else secrets.token_hex(6),
        ip=asked.remote_addr,
        user_agent=sent("HTTP_USER_AGENT"),
        locale=best_locale(sent("HTTP_ACCEPT_LANGUAGE")),
    )


def _tell(asked: Request, response: Response, seconds: float) -> None:
    response.headers.add("X-Request-Id", current_origin().request_id)
    endpoint = asked.endpoint or "none"
    metrics.observe(endpoint, asked.method, response.status_code, seconds)
    if endpoint in {"health.healthz", "health.readyz", "health.show_metrics"}:
        return
    actor = g.get("actor")
    log.info(
        "request",
        method=asked.method,
        # The rule, not the path: a path may carry what is personal.
        route=asked.url_rule.rule if asked.url_rule else None,
        status=response.status_code,
        milliseconds=round(seconds * 1000, 1),
        tenant=current_tenant_id(),
        user=str(actor.id) if actor else None,
    )
