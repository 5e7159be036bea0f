"""The wall itself: PostgreSQL row-level security, switched on per transaction.

`enter` is the only writer of BEGIN and of the tenant. The ORM's sessions and the hot reads both call it.
The same predicate is added to every ORM statement, so that a sharded database can route it.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, with_loader_criteria
from sqlalchemy.pool import PoolProxiedConnection

from tenants.context import current_tenant_id, enter_context
from tenants.ownership import TenantOwned

NO_TENANT = 0


def enter(driver_connection: Any, tenant_id: int | None, *, then: str = "") -> Any:
    """Begin a transaction inside one tenant's walls, in one round trip.

    :param driver_connection: a psycopg connection in autocommit
    :param then: one more statement without parameters, sent along
    :returns: the first row of `then`, or None
    """
    statements = ["BEGIN"]
    if tenant_id is not None:
        statements.append(f"SET LOCAL app.tenant_id = '{int(tenant_id)}'")
    if then:
        statements.append(then)
    cursor = driver_connection.execute("; ".join(statements))
    if not then:
        return None
    while cursor.nextset():
        pass
    return cursor.fetchone()


def session_check(session_id: UUID) -> str:
    """The statement that says what a living session stands for: user, state of the tenant, access version."""
    # The id is a parsed UUID: nothing of the caller's own spelling reaches the statement.
    return f"SELECT user_id, tenant_state, access_version FROM public.check_session('{session_id}')"  # noqa: S608


def driver_of(entered: Session | Connection | PoolProxiedConnection) -> Any:
    """The psycopg connection below a session or connection, for hand-written statements.

    What is pending in a session is written first. A statement that goes this way must name the tenant itself.
    """
    if isinstance(entered, Session):
        entered.flush()
        entered = entered.connection()
    if isinstance(entered, Connection):
        entered = entered.connection
    return entered.driver_connection


_CHECK, _CHECKED = "entry_check", "entry_checked"


def enter_session(session: Session, check: str) -> Any:
    """Begin an ORM session's transaction in the current tenant; returns the first row of `check`."""
    session.info[_CHECK] = check
    session.connection()
    return session.info.pop(_CHECKED)


@event.listens_for(Session, "after_begin")
def _enter(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if transaction.nested:
        return
    check = session.info.pop(_CHECK, "")
    row = enter(connection.connection.driver_connection, current_tenant_id(), then=check)
    if check:
        session.info[_CHECKED] = row


@event.listens_for(Session, "do_orm_execute")
def _name_the_tenant(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_column_load or state.is_relationship_load:
        return
    tenant_id = current_tenant_id() or NO_TENANT
    state.statement = state.statement.options(
        with_loader_criteria(TenantOwned, lambda cls: cls.tenant_id == tenant_id, include_aliases=True)
    )


def step_in(session: Session, tenant_id: int) -> None:
    """Enter a tenant in the middle of a transaction: only for signing up, signing in and switching.

    What was loaded before is forgotten, so nothing of another tenant stays at hand.
    """
    session.flush()
    session.expunge_all()
    session.connection().connection.driver_connection.execute(  # type: ignore[union-attr]
        f"SET LOCAL app.tenant_id = '{int(tenant_id)}'"
    )
    enter_context(tenant_id)
