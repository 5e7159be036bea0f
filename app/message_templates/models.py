"""Templates: what is written to people outside, with variables that are filled in for each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.message_templates.states import TemplateState
from tenants.ownership import TenantOwned, points_to


class MessageTemplate(TenantOwned, Base):
    """The words of a message for one way and in one language."""

    __tablename__ = "message_templates"
    __table_args__ = (
        points_to("message_templates", "twin_of_id"),
        points_to("users", "created_by_id"),
        points_to("users", "updated_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    way: Mapped[str]
    purpose: Mapped[str]
    locale: Mapped[str]
    twin_of_id: Mapped[UUID | None]
    """The template of which this says the same in another language: who chooses that one reaches both."""
    subject: Mapped[str | None]
    """Of a mail."""
    body: Mapped[str]
    """Of a text message its text; of a mail HTML that was cleaned."""
    links: Mapped[bool] = mapped_column(default=False)
    """Whether addresses may stand in a text message: vendors look at those more closely."""
    variables: Mapped[list[Any]]
    """Those that stand in it, in their order."""
    state: Mapped[str] = mapped_column(default=TemplateState.DRAFT)
    activated_at: Mapped[datetime | None]
    """When it could first be used; what never could be can be deleted."""
    created_by_id: Mapped[UUID | None]
    updated_by_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
