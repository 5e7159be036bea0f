"""Which columns the files of a company may have: asked for an actor, because companies differ."""

from collections.abc import Mapping

from app.access.actor import Actor
from app.fields import catalogue
from app.spreadsheets import contact_fields, customer_fields, own_fields
from app.spreadsheets.vocabulary import Field

CUSTOMER, CONTACT = "customer", "contact"
TYPES = (CUSTOMER, CONTACT)
_RESTRICTED_AS = {"mobile": "phones", "phone": "phones", "parent": "parent_id"}
_FIELDS = {CUSTOMER: customer_fields.FIELDS + customer_fields.TOLD, CONTACT: contact_fields.FIELDS}


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
    """Those of them that a file may also say."""
    fixed = reader.fixes(record_type)
    return {
        name: field
        for name, field in fields_of(reader, record_type).items()
        if field.imported and _RESTRICTED_AS.get(name, name) not in fixed
    }


def told_of(reader: Actor, record_type: str) -> Mapping[str, Field]:
    """Those of them that files only tell."""
    return {name: field for name, field in fields_of(reader, record_type).items() if not field.imported}


def label_of(record_type: str, name: str, locale: str) -> str:
    """What people call a field that a job tells of; empty if there is none such."""
    found = next((field for field in _FIELDS[record_type] if field.name == name), None)
    return found.label(locale) if found else catalogue.labels(record_type).get(name, "")
