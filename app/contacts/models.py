"""Contacts and how they know each other."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.contacts.birthdays import Birthday, Calendar
from app.contacts.states import RelationshipKind
from app.core.db import Base
from app.core.ids import new_id
from app.customers.models import Customer
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class Contact(TenantOwned, Base):
    """A human being whom we know, at a customer or on their own.

    A contact of a customer is seen and changed by whoever may see and change that customer: its owner and
    department are the customer's, copied here so that lists find them by one index, and kept in step by a
    flow; the customer's collaborators are asked for where they are needed. A contact without a customer
    belongs to whoever entered it.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        points_to("customers", "customer_id"),
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
        points_to("contacts", "merged_into_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    customer_id: Mapped[UUID | None]
    name: Mapped[str]
    gender: Mapped[str | None]
    language: Mapped[str | None]
    """In which they are written to; if it is not known, in that of the template."""
    title: Mapped[str | None]
    department_name: Mapped[str | None]
    role: Mapped[str | None]
    phones: Mapped[list[Any]]
    """[{"number", "label"}] as shown."""
    email: Mapped[str | None]
    wechat: Mapped[str | None]
    birthday_calendar: Mapped[str | None]
    birthday_month: Mapped[int | None]
    birthday_day: Mapped[int | None]
    birthday_leap: Mapped[bool] = mapped_column(default=False)
    birthday_year: Mapped[int | None]
    next_birthday: Mapped[date | None]
    """The solar date, in the tenant's time zone, on which the birthday comes round next."""
    is_primary: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str | None]
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is filled in of the company's own fields, by key; see `app.fields`."""
    owner_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    name_key: Mapped[str]
    """Sorts as a Chinese telephone book does."""
    search_text: Mapped[str]
    """What a search decides by; see `app.core.search`."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[UUID | None]
    merged_into_id: Mapped[UUID | None]
    """The contact that has taken the place of this one; it is then no longer among the living."""
    deleted_with_id: Mapped[UUID | None]
    """The customer that took the contact to the recycle bin along with it."""

    shared = False
    """Whether the actor who fetched it collaborates on its customer."""

    __mapper_args__ = {"version_id_col": version}

    @property
    def in_bin(self) -> bool:
        """Whether it lies in the recycle bin."""
        return self.deleted_at is not None

    @property
    def merged(self) -> bool:
        """Whether another has taken their place: such a one comes back only by undoing that."""
        return self.merged_into_id is not None

    def belong_to(self, customer: Customer) -> None:
        """Be a contact of this customer, and follow its owner and department."""
        self.customer_id = customer.id
        self.owner_id, self.department_id = customer.owner_id, customer.department_id

    @property
    def birthday(self) -> Birthday | None:
        """The birthday, if it is known."""
        if self.birthday_calendar is None or self.birthday_month is None or self.birthday_day is None:
            return None
        return Birthday(
            calendar=Calendar(self.birthday_calendar),
            month=self.birthday_month,
            day=self.birthday_day,
            leap=self.birthday_leap,
            year=self.birthday_year,
        )

    def born_on(self, birthday: Birthday | None, *, today: date | None = None) -> None:
        """Note the birthday and when it comes round next, or that it is unknown."""
        self.birthday_calendar = birthday.calendar if birthday else None
        self.birthday_month = birthday.month if birthday else None
        self.birthday_day = birthday.day if birthday else None
        self.birthday_leap = birthday.leap if birthday else False
        self.birthday_year = birthday.year if birthday else None
        self.next_birthday = birthday.next_on(today) if birthday and today else None


class ContactRelationship(TenantOwned, Base):
    """How two contacts know each other; one row for both sides. Rows are added and removed, never changed."""

    __tablename__ = "contact_relationships"
    __table_args__ = (
        points_to("contacts", "low_id", ondelete="CASCADE"),
        points_to("contacts", "high_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    low_id: Mapped[UUID]
    """Of the two, the contact with the lower id."""
    high_id: Mapped[UUID]
    kind: Mapped[str]
    """What the higher one is to the lower one."""
    remark: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship with both contacts at hand, seen from the first."""

    row: ContactRelationship
    contact: Contact
    other: Contact

    @property
    def kind(self) -> RelationshipKind:
        """What the other one is to the contact."""
        kind = RelationshipKind(self.row.kind)
        return kind if self.row.low_id == self.contact.id else kind.mirrored

    @property
    def mirrored(self) -> "Relationship":
        """The same seen from the other side."""
        return Relationship(self.row, self.other, self.contact)


declare(
    Reference(table="contacts", column="customer_id", to="customer", follows=True, primary=True),
    Reference(table="contacts", column="deleted_with_id", to="customer"),
    Reference(table="contacts", column="merged_into_id", to="contact"),
)
