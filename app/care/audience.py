"""Who is meant by a rule: how people belong to its record, and which record it goes by."""

from app.care.models import Trigger
from app.care.states import Happening, TriggerKind, Whom

CONDITIONS = ("contacts", "customers", "records")
_BEGINS_WITH = {
    Happening.CUSTOMER_CREATED: "customer",
    Happening.QUOTE_APPROVED: "quote",
    Happening.QUOTE_ACCEPTED: "quote",
    Happening.SERVICE_DONE: "service-record",
    Happening.PURCHASED: "purchase",
}


def whose(record: str, whom: str) -> str:
    """How the people `p` of a rule belong to its record `r`."""
    at_customer = "r.id" if record == "customer" else "r.customer_id"
    everybody = f"p.customer_id = {at_customer}"
    if whom == Whom.ALL:
        return everybody
    primary = f"{everybody} AND p.is_primary"
    if whom == Whom.PRIMARY or record == "customer":
        return primary
    named = (
        "EXISTS (SELECT 1 FROM contacts o WHERE o.tenant_id = %(tenant)s AND o.id = r.contact_id "
        "AND o.deleted_at IS NULL)"
    )
    return f"CASE WHEN {named} THEN p.id = r.contact_id ELSE {primary} END"


def record_of(trigger: Trigger, whom: str) -> str:
    """The word of the record that a rule goes by: contacts for birthdays, and festivals of all."""
    if trigger.kind is TriggerKind.DATE:
        return (trigger.field or "").partition(".")[0]
    if trigger.kind is TriggerKind.EVENT and trigger.happening:
        return _BEGINS_WITH[Happening(trigger.happening)]
    if trigger.kind is TriggerKind.FESTIVAL and whom != Whom.ALL:
        return "customer"
    return "contact"
