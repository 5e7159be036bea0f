"""Whose house we are standing in."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_tenant: ContextVar[int | None] = ContextVar("tenant", default=None)


def current_tenant_id() -> int | None:
    """The tenant this request or task acts for, if any."""
    return _tenant.get()


def require_tenant_id() -> int:
    """The tenant this request or task acts for.

    :raises RuntimeError: if there is none: a programming error, never a user's
    """
    tenant_id = _tenant.get()
    if tenant_id is None:
        raise RuntimeError("No tenant has been entered")
    return tenant_id


@contextmanager
def tenant_scope(tenant_id: int) -> Iterator[None]:
    """Act for one tenant until the block ends.

    A transaction that is already open keeps the tenant it began with: enter first, then begin.
    """
    token = _tenant.set(tenant_id)
    try:
        yield
    finally:
        _tenant.reset(token)


def enter_context(tenant_id: int) -> None:
    """Act for one tenant until the surrounding `outside_scope` or `tenant_scope` ends."""
    _tenant.set(tenant_id)


@contextmanager
def outside_scope() -> Iterator[None]:
    """Begin with no tenant, and leave none behind, whatever happens in between."""
    token = _tenant.set(None)
    try:
        yield
    finally:
        _tenant.reset(token)
