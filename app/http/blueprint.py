"""The blueprint that doors are made of: flask-smorest's, with our conventions."""

from functools import cache
from typing import Any

import flask_smorest
from flask import Request
from marshmallow import Schema
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import CombinedMultiDict

from app.http.bodies import read_json

IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The version the change is based on: the ETag that was read. 428 without, 412 when stale.",
    "schema": {"type": "string", "pattern": '^"[0-9]+"$'},
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "8 to 128 visible characters; the same key has one effect, and its answer is replayed.",
    "schema": {"type": "string", "pattern": "^[!-~]{8,128}$"},
}


@cache
def _made(schema: type[Schema]) -> Schema:
    return schema()


class _Parser(FlaskParser):
    """Bodies are read with care; forms carry files, and to a schema both are fields.

    What a schema does not list is refused in query strings and forms as well.
    """

    DEFAULT_UNKNOWN_BY_LOCATION = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": None,
        "form": None,
        "files": None,
    }

    def _get_schema(self, argmap: Any, req: Any) -> Any:
        # Making a schema costs more than reading a body with it, and reading leaves no trace in it.
        return _made(argmap) if isinstance(argmap, type) else super()._get_schema(argmap, req)

    def _raw_load_json(self, req: Request) -> Any:
        return read_json(req)

    def load_form(self, req: Any, schema: Any) -> Any:
        return MultiDictProxy(CombinedMultiDict([req.form, req.files]), schema)


class Blueprint(flask_smorest.Blueprint):
    """A resource's door."""

    ARGUMENTS_PARSER = _Parser()

    def needs_version(self, view: Any) -> Any:
        """Document that a view demands If-Match."""
        return self._with_header(view, IF_MATCH)

    def takes_key(self, view: Any) -> Any:
        """Document that a view honours an Idempotency-Key."""
        return self._with_header(view, IDEMPOTENCY_KEY)

    def _with_header(self, view: Any, header: dict[str, Any]) -> Any:
        # Documentation given later replaces lists given before, so what is there is said again.
        said = getattr(view, "_apidoc", {}).get("manual_doc", {}).get("parameters", [])
        return self.doc(parameters=[*said, header])(view)
