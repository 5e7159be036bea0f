"""The bell: inside the house, so a message is delivered with the transaction that gives the reason."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from app.messaging import texts
from app.messaging.channels.contract import Message
from app.messaging.models import Notification
from tenants.context import require_tenant_id


class BellChannel:
    """Notifications of the users of this tenant."""

    name: ClassVar[str] = "bell"

    def accept(self, messages: Sequence[Message]) -> list[UUID]:
        """Put the messages under the bells, with one statement."""
        for message in messages:
            texts.check_bell(message.kind, message.facts)
        if not messages:
            return []
        at, tenant_id = clock.now(), require_tenant_id()
        rows = [
            {
                "tenant_id": tenant_id,
                "id": new_id(),
                "user_id": UUID(message.to),
                "kind": message.kind,
                "facts": texts.storable(message.facts),
                "link": message.link,
                "dedupe_key": message.dedupe_key,
                "created_at": at,
            }
            for message in messages
        ]
        added = db.session.scalars(
            insert(Notification)
            .values(rows)
            .on_conflict_do_nothing(
                index_elements=[Notification.tenant_id, Notification.user_id, Notification.dedupe_key]
            )
            .returning(Notification.id)
        )
        return list(added)
