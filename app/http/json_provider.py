"""orjson as Flask's JSON."""

from typing import Any

import orjson
from flask import Response
from flask.json.provider import JSONProvider
from werkzeug.exceptions import BadRequest


class OrjsonProvider(JSONProvider):
    """Fast JSON; what cannot be parsed is the caller's fault."""

    def dumps(self, obj: Any, **_options: Any) -> str:
        """Text of an object."""
        return orjson.dumps(obj, default=str).decode()

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        """The object a JSON text holds."""
        try:
            return orjson.loads(s)
        except orjson.JSONDecodeError as error:
            raise BadRequest("body-unreadable") from error

    def response(self, *args: Any, **kwargs: Any) -> Any:
        """A JSON response."""
        body = orjson.dumps(self._prepare_response_obj(args, kwargs), default=str)
        return Response(body, mimetype="application/json")
