"""The index by which records of every kind are found."""

from uuid import UUID

from sqlalchemy import Integer
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from tenants.ownership import TenantOwned

CUSTOMER, CONTACT, PRODUCT, QUOTE = "cu", "co", "pr", "qu"
EXPENSE_CLAIM, ADVANCE = "ec", "ad"
EXPENSE_REQUEST = "er"
ASSET = "as"
"""Kinds of records that are found."""


class SearchEntry(TenantOwned, Base):
    """What one record is found by: grams of its name, pinyin, initials and phones, as numbers."""

    __tablename__ = "search_entries"

    kind: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    grams: Mapped[list[int]] = mapped_column(ARRAY(Integer))
