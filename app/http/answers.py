"""Answers whose body stands ready."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Response


def ready(body: Mapping[str, Any], status: int = 200) -> Response:
    """Plain data as JSON; what tells its version gets an ETag."""
    response = Response(orjson.dumps(body), status, mimetype="application/json")
    if "version" in body:
        response.headers["ETag"] = f'"{body["version"]}"'
    return response


def elsewhere(path: str) -> Response:
    """What was asked for is found at another path of ours, for the time being."""
    return Response(status=307, headers={"Location": path})
