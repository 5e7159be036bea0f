"""Addresses outside that nothing may be sent to, whatever waits in the outbox."""

from collections.abc import Callable, Collection

Bar = Callable[[str, Collection[str]], Collection[str]]
"""Those of some addresses that nothing may be sent to through a channel, spelled as they came."""
_bars: list[Bar] = []


def register(bar: Bar) -> None:
    """Have somebody asked, at the moment of sending, which addresses nothing may be sent to."""
    _bars.append(bar)


def barred(channel: str, addresses: Collection[str]) -> set[str]:
    """Those of these addresses that nothing may be sent to."""
    return {one for bar in _bars for one in bar(channel, addresses)}
