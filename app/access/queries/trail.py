"""The trail as far as the reader may see it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access import api_tokens
from app.access.actor import SYSTEM_ID, Actor
from app.access.permissions import Permission, Scope
from app.access.rules import permitted
from app.audit import queries as audit
from app.audit.models import AuditRecord
from app.audit.queries import Place, Sealed, TrailFilter

ABOUT_THE_COMPANY = frozenset(
    {
        "api-token",
        "calm-policy",
        "department",
        "expense-kind",
        "invitation",
        "letter",
        "message-limits",
        "message-template",
        "role",
        "security-policy",
        "sms-account",
        "suppression",
        "tenant",
        "user",
        "webhook",
        "work-calendar",
    }
)


@permitted(Permission.AUDIT_READ)
def page(actor: Actor, wanted: TrailFilter, *, after: Place | None, limit: int) -> Sequence[AuditRecord]:
    """Lines of the trail, the latest first, from behind `after`.

    The trail shows what records contain; so of records one reads only in part, it shows nothing.
    """
    return audit.page(wanted, subject_types=_readable_types(actor), after=after, limit=limit)


@permitted(Permission.AUDIT_READ)
def sealed(_actor: Actor) -> Sealed:
    """How far the trail is sealed."""
    return audit.sealed()


def tokens_behind(records: Sequence[AuditRecord]) -> Mapping[UUID | None, str]:
    """The tokens among the sessions in which these lines were written, by id, with their names."""
    names = api_tokens.names_of({record.session_id for record in records if record.session_id})
    return dict[UUID | None, str](names.items())


def last_change(subject_type: str, subject_id: UUID) -> dict[str, Any]:
    """Who changed something last, and when; for whoever finds that they were not the last."""
    last = audit.latest(subject_type, subject_id)
    if last is None:
        return {}
    by_somebody = last.actor_id not in {None, SYSTEM_ID}
    return {
        "changed_by": {"id": str(last.actor_id), "name": last.actor_name} if by_somebody else None,
        "changed_at": last.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }


def _readable_types(actor: Actor) -> frozenset[str] | None:
    scoped_reads = [p for p in Permission if p.scoped and p.value.endswith(":read")]
    whole = {p.resource for p in scoped_reads if actor.grants.get(p) is Scope.ALL}
    # What is told of price books holds floor prices.
    prices = actor.may(Permission.PRICE_BOOK_MANAGE) and actor.may(Permission.PRODUCT_COST)
    if len(whole) == len(scoped_reads) and actor.may(Permission.PRODUCT_READ) and prices:
        return None
    if "customer" not in whole:
        # These are seen no farther than customers.
        whole -= {"contact", "activity", "asset", "quote"}
    if "expense" in whole:
        whole |= {"advance", "budget", "expense-claim", "expense-request"}
    if "asset" in whole:
        whole |= {"service-record", "purchase"}
    if actor.may(Permission.PRODUCT_READ):
        whole |= {"product", "product-category"}
    if prices:
        whole |= {"price-book"}
    return ABOUT_THE_COMPANY | whole
