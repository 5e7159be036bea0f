"""Kinds of records that stand at a customer: seen no farther than it is, and going where it goes.

Owner and department of such a record are the customer's, copied so that lists find them by one index.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from app.access.actor import Actor, Shareable
from app.access.permissions import Permission
from app.access.rules import Rule
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.events import publish
from app.customers import queries as customers
from app.events.records import RecordsGone
from app.fields import index as own_index
from app.hosted.own import OwnFields
from app.lists import index
from app.lists.scopes import Reach, Sharing, narrowest, reach

SHARING = Sharing("customer_collaborators", "customer_id", of="customer_id")
_UNSEEN = {"synchronize_session": False}


class Standing(Protocol):
    """A record at a customer, as it is kept."""

    __tablename__: Any
    id: Any
    customer_id: Any
    contact_id: Any
    owner_id: Any
    department_id: Any
    deleted_at: Any
    deleted_by_id: Any
    deleted_with_id: Any
    custom: Any
    shared: bool


R = TypeVar("R", bound=Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """The permissions that working with records of a kind takes."""

    read: Permission
    create: Permission
    update: Permission
    delete: Permission
    export: Permission

    @property
    def reading(self) -> tuple[Permission, Permission]:
        """What seeing them takes: their customer must be seen, too."""
        return Permission.CUSTOMER_READ, self.read


class Rules:
    """Who may do what with records at customers; collaborators of a customer see and change them."""

    def __init__(self, needed: Needed) -> None:
        self._reading = needed.reading
        self.read: Rule[Any] = Rule(needed.read, when=self._readable)
        self.add: Rule[Any] = Rule(needed.create, when=self._readable)
        self.update: Rule[Any] = self._shared_or_reached(needed.update)
        self.delete: Rule[Any] = self._entitled(needed.delete)
        self.restore = self.delete
        self.purge: Rule[Any] = self._entitled(Permission.CUSTOMER_PURGE)

    def can(self, actor: Actor, record: Shareable) -> dict[str, bool]:
        """What the page may offer."""
        return {"update": self.update.allows(actor, record), "delete": self.delete.allows(actor, record)}

    def _readable(self, actor: Actor, held: Shareable) -> bool:
        return all(actor.may(permission) for permission in self._reading) and (
            held.shared or all(actor.reaches(permission, held) for permission in self._reading)
        )

    def _shared_or_reached(self, permission: Permission) -> Rule[Any]:
        def opens(actor: Actor, record: Shareable) -> bool:
            return self._readable(actor, record) and (record.shared or actor.reaches(permission, record))

        return Rule(permission, when=opens)

    def _entitled(self, permission: Permission) -> Rule[Any]:
        def opens(actor: Actor, record: Shareable) -> bool:
            return self._readable(actor, record) and actor.reaches(permission, record)

        return Rule(permission, when=opens)


class Hosted(Generic[R]):
    """A kind of record that stands at customers: how it is fetched, and how it follows them."""

    def __init__(self, model: type[R], kind: str, needed: Needed, own: OwnFields) -> None:
        self.model: Any = model
        self.word, self.kind, self.needed, self.own = own.entity, kind, needed, own
        self.table: str = self.model.__tablename__
        self.rules = Rules(needed)

    def reach_of(self, actor: Actor) -> Reach:
        """Which of them an actor sees.

        :raises Forbidden: when none at all
        """
        return reach(narrowest(*self.needed.reading, of=actor), self.table, SHARING, of=actor)

    def reach_to_export(self, actor: Actor) -> Reach:
        """Which of those that an actor sees they may take out in a file.

        :raises Forbidden: when none at all
        """
        needed = narrowest(*self.needed.reading, self.needed.export, of=actor)
        return reach(needed, self.table, SHARING, of=actor)

    def reach_of_bin(self, actor: Actor) -> Reach:
        """Which of them an actor may delete, and so see in the recycle bin.

        :raises Forbidden: when none at all
        """
        return reach(narrowest(*self.needed.reading, self.needed.delete, of=actor), self.table, of=actor)

    def get(self, actor: Actor, record_id: UUID, *, to_change: bool = False) -> R:
        """One that the actor may see and that is not in the recycle bin.

        :param to_change: lock it until the transaction ends
        :raises NotFound: otherwise
        """
        record = self._visible(actor, record_id, to_change=to_change)
        if record is None or record.deleted_at is not None:
            raise NotFound
        return record

    def in_bin(self, actor: Actor, record_id: UUID) -> R:
        """One in the recycle bin that went there on its own, locked; one the actor might see outside it.

        :raises NotFound: otherwise
        """
        record = self._visible(actor, record_id, to_change=True)
        if record is None or record.deleted_at is None or record.deleted_with_id is not None:
            raise NotFound
        return record

    def _visible(self, actor: Actor, record_id: UUID, *, to_change: bool) -> R | None:
        record: R | None = customers.belonging(self.model, record_id, to=actor, to_change=to_change)
        return record if record and self.rules.read.allows(actor, record) else None

    def visible_ids(self, actor: Actor, record_ids: Collection[UUID]) -> set[UUID]:
        """Those of these ids that are records the actor sees outside the bin."""
        found = customers.all_belonging(self.model, record_ids, to=actor, to_change=False)
        return {one.id for one in found if one.deleted_at is None and self.rules.read.allows(actor, one)}

    def at(self, actor: Actor, customer_ids: Collection[UUID], condition: ColumnElement[bool]) -> list[R]:
        """Those that the actor sees at some customers, outside the bin, the oldest first."""
        live = (self.model.customer_id.in_(customer_ids), self.model.deleted_at.is_(None), condition)
        ids: Sequence[UUID] = db.session.scalars(select(self.model.id).where(*live)).all()
        found = customers.all_belonging(self.model, ids, to=actor, to_change=False) if ids else ()
        seen = [one for one in found if self.rules.read.allows(actor, one)]
        return sorted(seen, key=lambda one: (one.created_at, one.id))

    def to_owner(
        self, customer_ids: Collection[UUID], *, owner_id: UUID | None, department_id: UUID | None
    ) -> None:
        """Customers have another owner, who goes on with what stands there."""
        self._set(self.model.customer_id.in_(customer_ids), owner_id=owner_id, department_id=department_id)

    def into_bin(self, customer_ids: Collection[UUID], *, by: UUID | None) -> None:
        """Customers go to the recycle bin, and what stands there goes along."""
        self._set(
            self.model.customer_id.in_(customer_ids) & self.model.deleted_at.is_(None),
            deleted_at=clock.now(),
            deleted_by_id=by,
            deleted_with_id=self.model.customer_id,
        )

    def out_of_bin(self, customer_ids: Collection[UUID]) -> None:
        """Customers come back, with what had gone along."""
        self._set(
            self.model.deleted_with_id.in_(customer_ids),
            deleted_at=None,
            deleted_by_id=None,
            deleted_with_id=None,
        )

    def customer_gone(self, customer_id: UUID) -> None:
        """A customer is removed, and so is what stood there."""
        gone: Sequence[UUID] = db.session.scalars(
            select(self.model.id).where(self.model.customer_id == customer_id)
        ).all()
        if gone:
            publish(RecordsGone(record_type=self.word, record_ids=tuple(gone)))
            index.drop(self.kind, gone)
            own_index.drop(gone)
            db.session.execute(delete(self.model).where(self.model.id.in_(gone)).execution_options(**_UNSEEN))

    def without(self, column: str, record_ids: Collection[UUID]) -> None:
        """Records that these point to in a column are removed: they stay, and point to nothing."""
        self._set(getattr(self.model, column).in_(record_ids), **{column: None})

    def _set(self, which: ColumnElement[bool], **values: object) -> None:
        db.session.execute(update(self.model).where(which).values(**values).execution_options(**_UNSEEN))
