"""The OpenAPI document, gathered from the doors, and its readable page."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import orjson
from flask import Blueprint as FlaskBlueprint
from flask import Flask, Response, current_app
from flask_smorest import Api
from marshmallow import Schema, fields

from app.http.door import Door, door_of, public
from app.http.fields import Instant

VERSION = "1.0"
DESCRIPTION = (
    "Everything the web page does goes through this interface. Sign in with `POST /api/v1/session`, send the "
    "access token as `Authorization: Bearer`; programs send an API token (settings, API tokens) "
    "in its place, where an operation lists it. Changes need `If-Match`; requests that create may carry an "
    "`Idempotency-Key`. Errors are `application/problem+json` (RFC 9457)."
)
_FOR_PROGRAMS = (
    "A personal API token (`gx_...`), made under settings. It never does more than its owner may do at "
    "that moment, nor more than it was cut down to; 600 requests a minute. Account settings take none."
)


class FieldProblemOut(Schema):
    """One fault in what was sent."""

    field = fields.String(required=True, metadata={"description": "Dotted path, e.g. phones.0.number"})
    code = fields.String(required=True)
    message = fields.String(required=True)


class Problem(Schema):
    """What every error looks like (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "Stable; for programs"})
    detail = fields.String(required=True, metadata={"description": "In the reader's language; for people"})
    instance = fields.String(required=True)
    request_id = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldProblemOut))


class ConflictOut(Schema):
    """One field that both have changed."""

    field = fields.String(required=True)
    yours = fields.Raw(allow_none=True)
    theirs = fields.Raw(allow_none=True)


class StaleProblem(Problem):
    """The problem of a change that is based on an older version, field by field."""

    conflicts = fields.List(fields.Nested(ConflictOut))
    current = fields.Dict(metadata={"description": "The record as it is now"})
    changed_by = fields.Dict(allow_none=True, metadata={"description": "Who changed it last: id and name"})
    changed_at = fields.String(allow_none=True)


def init_app(app: Flask, mounts: Iterable[Any]) -> None:
    """Register the doors and serve the document."""
    app.config.update(
        API_TITLE="Guanxi 关系",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=None,
        API_SPEC_OPTIONS={"info": {"description": DESCRIPTION, "license": {"name": "Apache-2.0"}}},
    )
    Api.ERROR_SCHEMA = Problem
    api = Api(app)
    api.register_field(Instant, "string", "date-time")
    api.spec.components.schema("StaleProblem", schema=StaleProblem)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    for_programs = {"type": "http", "scheme": "bearer", "description": _FOR_PROGRAMS}
    api.spec.components.security_scheme("token", for_programs)
    api.spec.components.security_scheme("cookie", {"type": "apiKey", "in": "cookie", "name": "gx_access"})
    for mount in mounts:
        if isinstance(mount, FlaskBlueprint) and not hasattr(mount, "_docs"):
            app.register_blueprint(mount)
        else:
            api.register_blueprint(mount)
    app.extensions["guanxi-api"] = api
    app.register_blueprint(_pages)


_pages = FlaskBlueprint("openapi", __name__)


@_pages.get("/api/openapi.json")
@public("the interface is documented for everyone")
def document() -> Response:
    """The OpenAPI 3.1 document."""
    return Response(written(current_app._get_current_object()), mimetype="application/json")  # type: ignore[attr-defined]  # noqa: SLF001


@lru_cache(maxsize=2)
def written(app: Flask) -> bytes:
    """The document as JSON."""
    return orjson.dumps(specification(app), option=orjson.OPT_INDENT_2)


def specification(app: Flask) -> dict[str, Any]:
    """The document as a dict: what the doors declare, with security and the common errors added."""
    spec: dict[str, Any] = app.extensions["guanxi-api"].spec.to_dict()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)
        for method, operation in spec["paths"].get(path, {}).items():
            if method in {"get", "post", "put", "patch", "delete"}:
                _complete(operation, method, door_of(rule.endpoint, method.upper()))
    return spec


def _refusal(schema: str, description: str) -> dict[str, Any]:
    reference = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"description": description, "content": {"application/problem+json": reference}}


_PROBLEM = _refusal("Problem", "The request is refused; see `code`.")
_STALE = _refusal("StaleProblem", "Somebody else changed it first; see `conflicts`.")
_ALWAYS = ("400", "401", "403", "404", "413", "415", "422", "429", "503")
_ON_CHANGE = ("409", "410", "412", "428")


def _complete(operation: dict[str, Any], method: str, door: Door | None) -> None:
    signed = door is not None and door.kind == "signed-in"
    schemes = ["bearer", "cookie"] if door is None or door.in_person else ["bearer", "token", "cookie"]
    operation["security"] = [{scheme: []} for scheme in schemes] if signed else []
    responses = operation["responses"]
    responses.pop("default", None)
    found = (*_ALWAYS, "410") if door is not None and door.kind == "public" else _ALWAYS
    for status in found if method == "get" else (*_ALWAYS, *_ON_CHANGE):
        responses[status] = _STALE if status == "412" else _PROBLEM
