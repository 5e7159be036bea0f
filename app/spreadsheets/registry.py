"""Which columns the files of a company may have: asked for an actor, because companies differ."""

from collections.abc import Mapping
from dataclasses import replace

from app.access.actor import Actor
from app.access.permissions import Permission
from app.fields import catalogue, entities, rights
from app.spreadsheets import (
    activity_fields,
    advance_fields,
    asset_fields,
    care_rule_fields,
    contact_fields,
    customer_fields,
    expense_claim_fields,
    expense_request_fields,
    outreach_message_fields,
    own_fields,
    product_fields,
    purchase_fields,
    quote_fields,
    service_record_fields,
    task_fields,
)
from app.spreadsheets.vocabulary import Field

CUSTOMER, CONTACT, ACTIVITY, TASK, PRODUCT = "customer", "contact", "activity", "task", "product"
QUOTE, EXPENSE_CLAIM, EXPENSE_REQUEST = "quote", "expense-claim", "expense-request"
ADVANCE = "advance"
OUTREACH_MESSAGE, CARE_RULE = "outreach-message", "care-rule"
ASSET, SERVICE_RECORD, PURCHASE = "asset", "service-record", "purchase"
OF_CONTACT = "contact."
"""What the names of columns begin with that tell of a contact in a file of customers."""
TYPES = (CUSTOMER, CONTACT, PRODUCT, ASSET, PURCHASE)
"""What can be brought in."""
STANDING = (ASSET, PURCHASE)
"""What of it stands at a customer that is there already."""
_WITH_CURRENCY = (PRODUCT, PURCHASE)
_BEFORE = ("联系人", "contact")
_OF_ITSELF = {"customer", "id"}
_RESTRICTED_AS = {"mobile": "phones", "phone": "phones", "parent": "parent_id", "customer": "customer_id"}
_RESTRICTED_AS |= {"category": "category_id"}
_FIELDS = {
    CUSTOMER: customer_fields.FIELDS + customer_fields.TOLD,
    CONTACT: contact_fields.FIELDS,
    ACTIVITY: activity_fields.FIELDS,
    TASK: task_fields.FIELDS,
    PRODUCT: product_fields.FIELDS,
    QUOTE: quote_fields.FIELDS,
    ASSET: asset_fields.FIELDS,
    SERVICE_RECORD: service_record_fields.FIELDS,
    PURCHASE: purchase_fields.FIELDS,
    ADVANCE: advance_fields.FIELDS,
    OUTREACH_MESSAGE: outreach_message_fields.FIELDS,
    CARE_RULE: care_rule_fields.FIELDS,
    EXPENSE_CLAIM: expense_claim_fields.FIELDS,
    EXPENSE_REQUEST: expense_request_fields.FIELDS,
}


def fields_of(reader: Actor, record_type: str) -> Mapping[str, Field]:
    """The columns of a kind of record that an actor may read, by name, in the order of a file."""
    hidden = reader.hides(record_type)
    known = {
        field.name: field
        for field in _FIELDS[record_type]
        if _RESTRICTED_AS.get(field.name, field.name) not in hidden
    }
    return known | {field.name: field for field in own_fields.columns(reader, record_type)}


def imported_of(reader: Actor, record_type: str) -> Mapping[str, Field]:
    """Those of them that a file may also say, and what files say beside: of customers also their contacts."""
    known = _imported(reader, record_type)
    if record_type == CUSTOMER and reader.may(Permission.CONTACT_CREATE):
        known |= {
            f"{OF_CONTACT}{name}": _of_contact(field)
            for name, field in _imported(reader, CONTACT).items()
            if name not in _OF_ITSELF
        }
    if record_type in _WITH_CURRENCY:
        known |= {product_fields.CURRENCY.name: product_fields.CURRENCY}
    return known


def _imported(reader: Actor, record_type: str) -> dict[str, Field]:
    fixed = reader.fixes(record_type)
    return {
        name: field
        for name, field in fields_of(reader, record_type).items()
        if field.imported and _RESTRICTED_AS.get(name, name) not in fixed
    }


def _of_contact(field: Field) -> Field:
    """A contact's field as a column beside those of the customer: 联系人手机."""
    words = [*field.headings.split(), field.label_zh, field.label_en.replace(" ", "")]
    beside = [word if word.startswith(_BEFORE) else f"{first}{word}" for word in words for first in _BEFORE]
    own = field.headings if field.name == "name" else ""
    return replace(
        field,
        name=f"{OF_CONTACT}{field.name}",
        label_zh=field.label_zh if field.label_zh.startswith("联系人") else f"联系人{field.label_zh}",
        label_en=f"Contact {field.label_en[:1].lower()}{field.label_en[1:]}",
        headings=" ".join([*beside, *own.split()]),
        hints="",
    )


def told_of(reader: Actor, record_type: str) -> Mapping[str, Field]:
    """Those of them that files only tell."""
    return {name: field for name, field in fields_of(reader, record_type).items() if not field.imported}


def is_hidden(reader: Actor, record_type: str, name: str) -> bool:
    """Whether the reader may not read what a column, or the field of that name, would tell."""
    if record_type == CUSTOMER and name.startswith(OF_CONTACT):
        return is_hidden(reader, CONTACT, name.removeprefix(OF_CONTACT))
    change = {"field": _RESTRICTED_AS.get(name, name)}
    return not rights.visible(reader, record_type, [change])


def label_of(record_type: str, name: str, locale: str) -> str:
    """What people call a field that a job tells of; empty if there is none such."""
    if name.startswith(OF_CONTACT):
        label = label_of(CONTACT, name.removeprefix(OF_CONTACT), locale)
        return label and (f"Contact {label[:1].lower()}{label[1:]}" if locale == "en" else f"联系人{label}")
    beside = (product_fields.CURRENCY,) if record_type in _WITH_CURRENCY else ()
    found: Field | None = next(
        (field for field in (*_FIELDS[record_type], *beside) if field.name == name), None
    )
    if found:
        return found.label(locale)
    # Not every kind of record has fields of the company's own.
    return catalogue.labels(record_type).get(name, "") if record_type in entities.names() else ""
