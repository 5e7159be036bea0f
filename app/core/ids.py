"""Identifiers: made by us, never by the database."""

from datetime import datetime
from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A fresh UUIDv7: unique everywhere, ascending in time."""
    return UUID(int=uuid_utils.uuid7().int)


def first_id(moment: datetime) -> UUID:
    """The least id that could have been made from a moment on: what is later has a greater one."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
