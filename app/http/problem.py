"""Every error leaves as RFC 9457 problem+json, in the reader's language, from here and nowhere else."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import orjson
import psycopg
import structlog
from flask import Flask, Response, request
from psycopg import errors as pg
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.core import errors
from app.core.errors import DomainError, FieldProblem
from app.core.logs import described
from app.core.messages import say
from app.core.origin import current_origin

log = structlog.get_logger(__name__)

STATUS: dict[type[DomainError], HTTPStatus] = {
    errors.Unauthenticated: HTTPStatus.UNAUTHORIZED,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Forbidden: HTTPStatus.FORBIDDEN,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Gone: HTTPStatus.GONE,
    errors.Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.Throttled: HTTPStatus.TOO_MANY_REQUESTS,
    errors.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.PreconditionRequired: HTTPStatus.PRECONDITION_REQUIRED,
    errors.Stale: HTTPStatus.PRECONDITION_FAILED,
    DomainError: HTTPStatus.UNPROCESSABLE_ENTITY,
}

HTTP_CODES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
    415: "media-type",
    422: "invalid",
    428: "version-required",
}

_SHOWN_FACTS = {"conflicts", "current", "changed_by", "changed_at"}


def init_app(app: Flask) -> None:
    """Hang the nets under the whole application."""
    app.register_error_handler(DomainError, refusal)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(StaleDataError, _from_stale)
    app.register_error_handler(IntegrityError, _from_integrity)
    app.register_error_handler(OperationalError, _from_database)
    app.register_error_handler(PoolTimeout, _from_database)
    # Hand-written statements go past SQLAlchemy, and so do their errors.
    app.register_error_handler(psycopg.OperationalError, _from_database)
    app.register_error_handler(Exception, _from_bug)


def refusal(error: DomainError) -> Response:
    """The response that a domain error becomes; returned by a view, what it did is still committed."""
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    shown = {key: value for key, value in error.facts.items() if key in _SHOWN_FACTS}
    response = _problem(status, error.code, facts=error.facts, problems=error.problems, **shown)
    if retry_after := error.facts.get("retry_after"):
        response.headers["Retry-After"] = str(retry_after)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _from_http(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    data = getattr(error, "data", None) or {}
    problems = tuple(flatten(data.get("messages") or {}))
    code = HTTP_CODES.get(status, "refused" if status < 500 else "internal")
    if any(problem.code in {"Invalid JSON body.", "body-unreadable"} for problem in problems):
        status, code, problems = HTTPStatus.BAD_REQUEST, "body-unreadable", ()
    limit = f"{(request.max_content_length or 0) // 1024 // 1024} MB"
    response = _problem(status, code, facts={"limit": limit, "expected": "JSON"}, problems=problems)
    if "Allow" in dict(error.get_headers()):
        response.headers["Allow"] = dict(error.get_headers())["Allow"]
    return response


def flatten(messages: Any, path: str = "") -> Iterator[FieldProblem]:
    """Marshmallow's nested messages as a flat list with dotted paths, the location left out."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            located = path == "" and key in {"json", "query", "form", "files", "headers", "json_or_form"}
            yield from flatten(inner, "" if located else f"{path}.{key}".lstrip("."))
    elif isinstance(messages, list):
        for inner in messages:
            yield from flatten(inner, path)
    else:
        code, *facts = str(messages).split("|")
        pairs = tuple(_fact(*fact.partition("=")) for fact in facts)
        yield FieldProblem(path.removesuffix("._schema").removeprefix("_schema") or "body", code, pairs)


def _fact(name: str, _sign: str, value: str) -> tuple[str, object]:
    is_bound = name in {"min", "max"} and re.fullmatch(r"-?[0-9]{1,19}", value)
    return name, int(value) if is_bound else value


def _from_stale(_error: StaleDataError) -> Response:
    return _problem(HTTPStatus.PRECONDITION_FAILED, "stale")


def _from_integrity(error: IntegrityError) -> Response:
    if isinstance(error.orig, pg.UniqueViolation):
        return _problem(HTTPStatus.CONFLICT, "already-exists")
    if isinstance(error.orig, pg.ForeignKeyViolation):
        return _problem(HTTPStatus.CONFLICT, "unknown-reference")
    return _from_bug(error)


def _from_database(error: DBAPIError | PoolTimeout | psycopg.OperationalError) -> Response:
    log.error("database.unavailable", error=type(error.__cause__ or error).__name__)
    return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable")


def _from_bug(error: Exception) -> Response:
    log.error("request.failed", **described(error))
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal")


def _problem(
    status: HTTPStatus,
    code: str,
    *,
    facts: dict[str, Any] | None = None,
    problems: tuple[FieldProblem, ...] = (),
    **shown: object,
) -> Response:
    origin = current_origin()
    body: dict[str, object] = {
        "type": f"/problems/{code}",
        "title": status.phrase,
        "status": int(status),
        "code": code,
        "detail": say(code, origin.locale, **(facts or {})),
        "instance": request.path,
        "request_id": origin.request_id,
        **shown,
    }
    if problems:
        body["errors"] = [
            {"field": p.field, "code": p.code, "message": say(p.code, origin.locale, **dict(p.facts))}
            for p in problems
        ]
    return Response(orjson.dumps(body, default=str), int(status), content_type="application/problem+json")
