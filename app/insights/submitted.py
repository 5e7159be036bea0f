"""What was submitted, for those who are asked about it: frozen, and no more than its approval shows them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.access.actor import Actor
from app.approvals.kinds import kind_of
from app.approvals.models import Approval
from app.core.db import db
from app.quotes import approving, versions
from app.quotes.models import QuoteVersion

_OF_LINES = ("margin", "below_floor")


def quote_of(reader: Actor, approval: Approval, facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """The quote that an approval is about, as it was submitted; None if it is about none, or hides its sum.

    :param approval: one that the reader sees: having part in it is the right to read what was submitted
    :param facts: what its card shows the reader, by which what it keeps from them is left out here, too
    """
    if approval.kind != approving.KIND or "total" not in facts:
        return None
    of_it = select(QuoteVersion).where(
        QuoteVersion.quote_id == approval.subject_id,
        QuoteVersion.revision == approval.facts["revision"],
    )
    kept = db.session.scalars(of_it).first()
    return _within(versions.shown(reader, kept.body), facts) if kept else None


def _within(body: dict[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    hidden = {name for name in kind_of(approving.KIND).shown if name not in facts}
    for line in body["lines"]:
        line.update({name: None for name in _OF_LINES if name in hidden})
    return {**body, **dict.fromkeys(hidden & body.keys())}
