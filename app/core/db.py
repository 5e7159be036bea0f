"""The ground floor: one Base, one engine, one session.

Connections are in driver autocommit: the transaction is begun by hand, so that `BEGIN`, the tenant and
the session check travel in one round trip (see `tenants.rls`). COMMIT and ROLLBACK work as ever.
"""

from datetime import datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, registry

NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class Base(DeclarativeBase):
    """Every table's parent."""

    # On the registry, because Flask-SQLAlchemy derives from this class once more.
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: DateTime(timezone=True), dict[str, Any]: JSONB, list[Any]: JSONB},
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def engine_options(pool_size: int) -> dict[str, Any]:
    """How the engine of a web or worker process is made.

    :param pool_size: threads that may want a connection at the same time
    """
    return {
        "isolation_level": "AUTOCOMMIT",
        "pool_size": pool_size,
        "max_overflow": 2,
        "pool_timeout": 10,
        "pool_pre_ping": False,
        "pool_recycle": 1800,
        "connect_args": {
            "application_name": "guanxi",
            "connect_timeout": 5,
            # What waits to be indexed is read by every search: 256 kB take a fifth of a millisecond.
            "options": "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000 "
            "-c timezone=UTC -c gin_pending_list_limit=256",
        },
    }
