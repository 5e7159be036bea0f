"""Identifiers: made by us, never by the database."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A fresh UUIDv7: unique everywhere, ascending in time."""
    return UUID(int=uuid_utils.uuid7().int)
