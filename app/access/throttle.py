"""Counting attempts in the broker, so that passwords cannot be tried by the thousand.

If the broker does not answer, signing in is refused: an open door would be worse than a closed one.
"""

import hashlib
import ipaddress
from dataclasses import dataclass

import redis

from app.core.broker import BrokerDown, broker
from app.core.errors import Throttled
from app.core.origin import current_origin


class TooManyAttempts(Throttled):
    """Wait before the next attempt."""

    code = "too-many-attempts"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` attempts in `seconds`."""

    name: str
    count: int
    seconds: int


# From one address few; from all together more, lest a stranger lock the owner of a name out.
SIGN_IN_BY_NAME_AND_ADDRESS = Limit("sign-in-here", 10, 900)
SIGN_IN_BY_NAME = Limit("sign-in-name", 60, 900)
SIGN_IN_BY_ADDRESS = Limit("sign-in-address", 100, 900)
PASSWORD_BY_PERSON = Limit("password", 10, 900)
SECOND_FACTOR = Limit("second-factor", 5, 300)
SECOND_FACTOR_A_DAY = Limit("second-factor-day", 50, 86400)
SIGN_UP_BY_ADDRESS = Limit("sign-up", 30, 3600)
RESET_BY_NAME = Limit("reset-name", 5, 3600)
RESET_BY_ADDRESS = Limit("reset-address", 30, 3600)
INVITATION_BY_ADDRESS = Limit("invitation", 60, 900)
DUPLICATES_BY_USER = Limit("duplicates", 60, 600)
OWNER_WANTED_BY_USER = Limit("owner-wanted", 20, 3600)
FEED_BY_ADDRESS = Limit("feed", 600, 900)
QUOTE_LINK_BY_ADDRESS = Limit("quote-link", 240, 900)
PREFERENCES_BY_ADDRESS = Limit("preferences", 240, 900)
FOLLOWED_LINKS_BY_ADDRESS = Limit("followed-links", 1200, 60)
SMS_CALLBACK_BY_ADDRESS = Limit("sms-callback", 6000, 60)
QUOTE_LETTERS_BY_USER = Limit("quote-letters", 100, 3600)
QUOTE_PAPER_BY_LINK = Limit("quote-paper", 30, 900)
API_TOKENS_BY_USER = Limit("api-tokens", 100, 3600)
API_TOKEN = Limit("api-token", 600, 60)
OPERATOR_BY_NAME = Limit("operator-name", 20, 900)
OPERATOR_BY_ADDRESS = Limit("operator-address", 10, 900)
INVITATIONS_BY_USER = Limit("inviting", 200, 3600)


def _key(limit: Limit, who: str) -> str:
    return f"throttle:{limit.name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"


def count(limit: Limit, who: str, *, times: int = 1) -> None:
    """Count one attempt, or as many as it stands for.

    :raises TooManyAttempts: when it is one too many
    :raises BrokerDown: when it cannot be counted
    """
    key = _key(limit, who)
    try:
        with broker().pipeline(transaction=True) as pipe:
            pipe.incrby(key, times)
            pipe.expire(key, limit.seconds, nx=True)
            pipe.ttl(key)
            attempts, _, remaining = pipe.execute()
    except redis.RedisError as error:
        raise BrokerDown from error
    if attempts > limit.count:
        raise TooManyAttempts(retry_after=max(int(remaining), 1))


def here() -> str:
    """The address that attempts come from; of IPv6 the part that one subscriber has."""
    ip = current_origin().ip or "-"
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def give_back(limit: Limit, who: str) -> None:
    """Take one attempt off the count, after a success that must not wipe the failures of others."""
    key = _key(limit, who)
    try:
        if int(broker().decr(key)) <= 0:
            broker().delete(key)
    except redis.RedisError as error:
        raise BrokerDown from error


def forgive(limit: Limit, who: str) -> None:
    """Start counting anew, after a success."""
    try:
        broker().delete(_key(limit, who))
    except redis.RedisError as error:
        raise BrokerDown from error
