"""What a device is called in the list of one's sessions."""

import re

_BROWSERS = (
    ("WeCom", r"wxwork/"),
    ("WeChat", r"MicroMessenger/"),
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Firefox", r"(?:Firefox|FxiOS)/"),
    ("Chrome", r"(?:Chrome|CriOS)/"),
    ("Safari", r"Version/[\d.]+.* Safari/"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("HarmonyOS", r"HarmonyOS|OpenHarmony"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux|X11"),
)


def called(user_agent: str | None) -> str | None:
    """A short name such as "Chrome · Windows"; a program's own name if it is no browser.

    Only for people to recognise their devices by: anyone can claim to be anything.
    """
    if not user_agent:
        return None
    words = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    known = " · ".join(word for word in words if word)
    return known or user_agent.split("/")[0].split(" ")[0][:40] or None


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str | None:
    return next((name for name, pattern in names if re.search(pattern, user_agent)), None)
