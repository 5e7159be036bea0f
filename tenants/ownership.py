"""How a table says that its rows belong to a tenant."""

from typing import Any

from sqlalchemy import BigInteger, FetchedValue, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tenants.context import current_tenant_id


class TenantOwned:
    """Rows behind the tenant wall. Inheriting this is the whole declaration."""

    @declared_attr
    def tenant_id(cls) -> Mapped[int]:
        """Filled from the context; the database's default and policy stand behind it."""
        return mapped_column(
            BigInteger,
            primary_key=True,
            autoincrement=False,
            default=current_tenant_id,
            server_default=FetchedValue(),
            sort_order=-100,
        )


def points_to(table: str, column: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A foreign key that cannot leave the tenant: `(tenant_id, column)` to `table (tenant_id, id)`."""
    return ForeignKeyConstraint(
        ["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"], ondelete=ondelete
    )


def belongs_to(owner: str, column: str, target: str, **options: Any) -> Any:
    """A read-only relationship from `owner.column` to `target`, within the tenant.

    It never writes: two relationships that shared `tenant_id` would fight over it. Set the id column.
    """
    return relationship(
        target,
        primaryjoin=(
            f"and_(foreign({owner}.{column}) == remote({target}.id), "
            f"remote({target}.tenant_id) == {owner}.tenant_id)"
        ),
        viewonly=True,
        uselist=False,
        **options,
    )
