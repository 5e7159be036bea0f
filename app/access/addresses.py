"""From where one may come in: the networks that a company lists."""

import ipaddress
from collections.abc import Iterable, Sequence

from app.core.errors import Forbidden
from app.core.origin import current_origin

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class AddressRefused(Forbidden):
    """The company lets nobody in from there."""

    code = "address-not-allowed"


def read(text: str) -> Network:
    """A network such as 10.20.0.0/16, 2001:db8::/32, or a single address.

    :raises ValueError: if it is neither
    """
    return ipaddress.ip_network(text.strip(), strict=False)


def inside(networks: Iterable[Network], ip: str | None) -> bool:
    """Whether an address lies in one of these networks."""
    try:
        address = ipaddress.ip_address((ip or "").partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address.version == network.version and address in network for network in networks)


def demand(networks: Sequence[Network]) -> None:
    """Refuse whoever comes from elsewhere; without networks, everybody may come from anywhere.

    :raises AddressRefused: if so
    """
    if networks and not inside(networks, current_origin().ip):
        raise AddressRefused
