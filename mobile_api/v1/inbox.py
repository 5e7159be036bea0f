"""/mobile/v1/inbox: a box of approvals, with the figures of all of them."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask.views import MethodView

from app.approvals.cards import boxes
from app.approvals.cards.boxes import BOXES, Box
from app.core import filter_sql, filters
from app.core.errors import invalid
from app.core.filter_values import LONGEST_TEXT, READERS, Unreadable
from app.core.filters import Field, Op, Test
from app.core.keyset import DEFAULT_LIMIT
from app.http import answers, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read
from app.http.identity import current_actor
from app.lists.pages import Asked
from mobile_api.v1.schemas import inbox as shapes

blp = Blueprint("phone-inbox", __name__, url_prefix="/mobile/v1", description="The phone's inbox.")

_PARAMETERS = [
    paging.parameter("q", {"type": "string", "maxLength": LONGEST_TEXT}, "Any fragment of a title"),
    paging.parameter("kind", {"type": "string", "maxLength": LONGEST_TEXT}, "Of one kind only"),
    *paging.PAGE,
]
_MOMENTS = ("opened_at", "decided_at", "copied_at", "submitted_at")
_SHOWN = (
    "id", "kind", "title", "state", "stuck", "submitter", "submitted_at", "facts", "at", "holders",
)  # fmt: skip


def _asked(box: Box) -> Asked:
    sent, listing = paging.only("q", "kind", "limit", "cursor"), box.listing
    sort = listing.sorts[listing.default_sort]
    found = [_in_title(listing.fields["title"], sent["q"])] if "q" in sent else []
    of_kind = filters.from_query([("kind", sent["kind"])] if sent.get("kind") else [], listing.fields)
    return Asked(
        sort,
        paging.limit(sent, default=DEFAULT_LIMIT),
        after=paging.after(sent, sort),
        condition=filter_sql.condition(of_kind, *found),
    )


def _in_title(title: Field, text: str) -> Test:
    try:
        return Test(title, Op.CONTAINS, READERS[title.kind](text, True))  # noqa: FBT003
    except Unreadable as error:
        raise invalid("q", error.code, **error.facts) from None


def _row(box: Box, item: Mapping[str, Any]) -> dict[str, Any]:
    moment = _MOMENTS[("to-decide", "decided", "copies", "mine").index(box.word)]
    return {
        **{name: item[name] for name in _SHOWN},
        "moment": item[moment],
        "seat": item.get("seat"),
        "due_at": item.get("due_at"),
        "overdue": item.get("overdue", False),
        "is_new": not item.get("read", True),
    }


@blp.route('/inbox/<any("to-decide", decided, mine, copies):box>')
class PhoneInbox(MethodView):
    """A box of the inbox."""

    @hot_read
    @blp.doc(parameters=_PARAMETERS)
    @blp.response(200, shapes.PhoneBox)
    def get(self, box: str) -> Response:
        """What is to be decided, was decided, is one's own, or was copied to one; the latest first."""
        connection, actor, of = identity.hot_driver(), current_actor(), BOXES[box]
        found = boxes.page(connection, actor, of, _asked(of))
        counts = boxes.counts(connection, actor)
        body = {
            "items": [_row(of, item) for item in found["items"]],
            "next_cursor": found["next_cursor"],
            "counts": {name: counts[name] for name in ("to_decide", "returned", "unread_copies")},
        }
        return answers.ready(body)
