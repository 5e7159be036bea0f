"""The index by which records of every kind are found."""

from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from tenants.ownership import TenantOwned

CUSTOMER, CONTACT = "cu", "co"
"""Kinds of records; two letters each, because every gram of the index carries one."""


class SearchEntry(TenantOwned, Base):
    """What one record is found by: grams of its name, pinyin, initials and phones."""

    __tablename__ = "search_grams"

    kind: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    grams: Mapped[list[str]] = mapped_column(ARRAY(Text))
