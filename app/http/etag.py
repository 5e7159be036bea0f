"""Versions on the wire: the ETag of a record is its version."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from flask import Response, request

from app.core.errors import PreconditionRequired, Stale


class Versioned(Protocol):
    """A record that counts its changes."""

    @property
    def version(self) -> int: ...  # noqa: D102


def demand_version() -> int:
    """The version the caller's change is based on.

    :raises PreconditionRequired: when If-Match is missing or is not one of our ETags
    """
    match = re.fullmatch(r'(?:W/)?"([0-9]{1,9})"', request.headers.get("If-Match", "").strip())
    if match is None:
        raise PreconditionRequired
    return int(match[1])


def check(
    record: Versioned,
    sent: Mapping[str, Any],
    shown: Callable[[], Mapping[str, Any]],
    changed: Callable[[], Mapping[str, Any]] = dict,
) -> None:
    """Refuse a change that is based on an older version, field by field.

    :param sent: what the caller wants to write, as on the wire
    :param shown: gives the record as on the wire
    :param changed: gives `changed_by` and `changed_at` of the last change, where the trail knows them
    :raises Stale: with `conflicts` [{field, yours, theirs}] and `current`
    """
    if demand_version() == record.version:
        return
    current = shown()
    own = {f"custom.{key}": value for key, value in (sent.get("custom") or {}).items()}
    conflicts = [
        {"field": name, "yours": value, "theirs": current.get(name)}
        for name, value in {**sent, **own}.items()
        if (name in own or (name in current and name != "custom")) and current.get(name) != value
    ]
    raise Stale(conflicts=conflicts, current=dict(current), **changed())


def tag(response: Response, record: Versioned) -> Response:
    """Put the record's version on a response."""
    response.headers["ETag"] = f'"{record.version}"'
    return response
