"""Reading a JSON body that may be anything."""

import json
from typing import Any

import orjson
from flask import Request
from webargs import missing
from webargs.core import is_json
from werkzeug.exceptions import UnsupportedMediaType


def read_json(request: Request) -> Any:
    """The body of a request, or `missing` when it has none.

    What orjson refuses is read once more by Python's own reader, which takes lone surrogates, NaN and huge
    numbers: the field that holds one can then be named.

    :raises UnsupportedMediaType: when there is a body, but it does not say that it is JSON
    :raises json.JSONDecodeError: when it is none
    """
    data = request.get_data(cache=True)
    if not data:
        return missing
    if not is_json(request.mimetype):
        raise UnsupportedMediaType
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return _read_slowly(data)


def _read_slowly(data: bytes) -> Any:
    try:
        return json.loads(data.decode())
    except (ValueError, RecursionError):
        # Digits without end and lists without end are as unreadable as half an object.
        raise json.JSONDecodeError("unreadable", "-", 0) from None
