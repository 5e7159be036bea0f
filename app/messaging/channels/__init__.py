"""The register of channels."""

from app.config import Settings
from app.messaging.channels.bell import BellChannel
from app.messaging.channels.contract import Channel, OutboxChannel
from app.messaging.channels.mail import MailChannel

_mail = MailChannel()
CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (BellChannel(), _mail)}


def configure(settings: Settings) -> None:
    """Tell the channels where their providers are; for processes that send."""
    _mail.configure(settings)


def register(channel: Channel) -> None:
    """Add a channel that is made further up in the house."""
    CHANNELS[channel.name] = channel


def outgoing(name: str) -> OutboxChannel:
    """The channel through which a row of the outbox goes out.

    :raises TypeError: for a channel that keeps its messages in the house
    """
    channel = CHANNELS[name]
    if not isinstance(channel, OutboxChannel):
        raise TypeError(name)
    return channel
