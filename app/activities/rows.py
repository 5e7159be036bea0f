"""Activities as files show them: what hangs together on the page, told apart."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.activities import cards
from app.comments import mentions
from app.lists.scopes import Reach


def these(connection: Any, actor: Actor, reach: Reach, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Those of some activities that are within reach outside the bin, in the order given.

    :param connection: a psycopg connection inside the tenant's walls
    """
    return [_told_apart(one) for one in cards.these(connection, actor, reach, ids)]


def _told_apart(item: dict[str, Any]) -> dict[str, Any]:
    step = item["next_step"]
    return {
        **item,
        "next_step": step and step["title"],
        "next_step_at": step and step["due_at"],
        "next_step_done": step and step["done"],
        "annotations": "\n".join(map(_said, item["annotations"])) or None,
    }


def _said(one: dict[str, Any]) -> str:
    author = one["author"]["name"] if one["author"] else "…"
    return f"{author}：{mentions.spelled(one['text'], {who['id']: who['name'] for who in one['mentions']})}"
