"""What becomes of messages to people outside."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MailboxUnknown(Event):
    """The server that should know says that there is no such mailbox."""

    address: str
