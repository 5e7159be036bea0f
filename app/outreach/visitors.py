"""Whether somebody follows a link, or a programme looks at it before they do."""

import re
from collections.abc import Mapping

_AHEAD = ("Purpose", "Sec-Purpose", "X-Purpose", "X-Moz")
"""Where browsers say that they only fetch in case somebody comes."""
_IN_ADVANCE = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
_PROGRAMMES = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|scan|monitor|headless|curl|wget|libwww|python|java/|okhttp|axios|"
    r"go-http|ruby|perl|php/|httpclient|facebookexternalhit|whatsapp|telegram|imageproxy|proofpoint|mimecast|"
    r"barracuda|symantec|messagelabs|fireeye|trendmicro|forcepoint|safelinks|sophos|cisco|urldefense|coremail",
    re.IGNORECASE,
)


def is_person(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request is somebody's who follows a link, as far as it tells."""
    if method != "GET" or any(_IN_ADVANCE.search(headers.get(name, "")) for name in _AHEAD):
        return False
    agent = headers.get("User-Agent", "")
    return bool(agent) and not _PROGRAMMES.search(agent)
