"""Which columns the files of a company may have: asked for an actor, because companies differ."""

from collections.abc import Mapping

from app.access.actor import Actor
from app.spreadsheets import contact_fields, customer_fields
from app.spreadsheets.vocabulary import Field

CUSTOMER, CONTACT = "customer", "contact"
TYPES = (CUSTOMER, CONTACT)
_FIELDS = {CUSTOMER: customer_fields.FIELDS + customer_fields.TOLD, CONTACT: contact_fields.FIELDS}


def fields_of(_actor: Actor, record_type: str) -> Mapping[str, Field]:
    """The columns of a kind of record that an actor may read, by name, in the order of a file."""
    return {field.name: field for field in _FIELDS[record_type]}
