"""Chinese postcodes, which people write before or behind an address."""

import re

_WORD = r"[（(\[]?\s*(?:邮政编码|邮编)?\s*[:：]?\s*"
_CODE = r"(?<![0-9])([0-8][0-9]{5})(?![0-9])"
_CLOSED = r"\s*[）)\]]?"
_AT_THE_END = re.compile(rf"[\s,，;；]*{_WORD}{_CODE}{_CLOSED}\s*$")
_IN_FRONT = re.compile(rf"^\s*{_WORD}{_CODE}{_CLOSED}[\s,，;；]*")


def parted(address: str) -> tuple[str | None, str]:
    """An address as its postcode, if one stands at either end of it, and the rest.

    >>> parted("上海市浦东新区张江路 1 号 201203")
    ('201203', '上海市浦东新区张江路 1 号')
    """
    for place in (_AT_THE_END, _IN_FRONT):
        if found := place.search(address):
            rest = (address[: found.start()] + address[found.end() :]).strip()
            if rest:
                return found[1], rest
    return None, address.strip()
