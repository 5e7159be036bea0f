"""How what leaves the house looks: a company's layouts of paper."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.papers.states import EVERY_COLUMN, INK
from tenants.ownership import TenantOwned


class PaperLayout(TenantOwned, Base):
    """How quotes look on paper, and what the mail that brings them says.

    One is taken unless another is asked for.
    """

    __tablename__ = "paper_layouts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    is_default: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str] = mapped_column(default="zh-CN")
    """The language of the paper, whoever makes it."""
    heading: Mapped[str | None]
    """Over all; None: as the language says."""
    company: Mapped[str | None]
    """As in the register; None: as the company calls itself here."""
    address: Mapped[str | None]
    phone: Mapped[str | None]
    tax_number: Mapped[str | None]
    bank: Mapped[str | None]
    footer: Mapped[str | None]
    colour: Mapped[str] = mapped_column(default=INK)
    columns: Mapped[list[Any]] = mapped_column(default=lambda: list(EVERY_COLUMN))
    """Which of the columns that can be left out are shown."""
    capitals: Mapped[bool] = mapped_column(default=True)
    """Whether amounts of yuan are told in capitals, too."""
    mail_subject: Mapped[str | None]
    mail_text: Mapped[str | None]
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
