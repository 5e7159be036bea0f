"""Reading what a timeline is asked for, for the doors of the records that have one."""

from typing import Any
from uuid import UUID

from flask import Response

from app.core.errors import invalid
from app.http import answers, identity, paging
from app.http.identity import current_actor
from app.insights import timelines
from app.insights.timeline_reach import KINDS, Host
from app.insights.timelines import Wanted
from app.lists import timeline

_SCHEMAS: dict[str, dict[str, Any]] = {
    "kind": {"type": "string", "maxLength": 200},
    "actor_id": {"type": "string", "format": "uuid"},
}
PARAMETERS = [
    paging.parameter("kind", _SCHEMAS["kind"], f"Of these kinds only, joined by commas: {', '.join(KINDS)}"),
    paging.parameter("actor_id", _SCHEMAS["actor_id"], "What this colleague did"),
    *paging.PAGE,
]


def answer(host: Host, record_id: UUID) -> Response:
    """The page of a record's timeline that this request asks for; the caller sees the record.

    :raises Invalid: naming the parameter that cannot be taken
    """
    sent = paging.only("kind", "actor_id", "limit", "cursor")
    wanted = Wanted(
        kinds=_kinds(sent.get("kind")),
        by=_actor(sent.get("actor_id")),
        after=paging.after(sent, timeline.SORT),
        limit=paging.limit(sent),
    )
    page = timelines.page(identity.hot_driver(), current_actor(), host, record_id, wanted)
    return answers.ready(page)


def _kinds(text: str | None) -> frozenset[str]:
    kinds = frozenset(filter(None, (text or "").split(",")))
    if not kinds <= KINDS.keys():
        raise invalid("kind", "not-a-choice", choices=", ".join(KINDS))
    return kinds


def _actor(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise invalid("actor_id", "not-an-id") from None
