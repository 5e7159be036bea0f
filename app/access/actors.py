"""From a session to an actor: what the roles of a user grant, cached until anything about access changes.

Whatever changes roles, departments or memberships calls `access_changed`, which raises the tenant's access
version. Every request reads that version together with its session, so a change holds at the next request
in every process, and nothing needs to be told.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, text, update

from app.access.actor import Actor
from app.access.models import FieldRight, Role, User, UserRole
from app.access.permissions import Permission, Scope
from app.access.security import SecurityPolicy, entry_of
from app.core.db import db
from tenants.context import require_tenant_id
from tenants.models import Person, PersonTenant, PersonTotp, Tenant, TenantState

_CACHE_SIZE = 20_000
_cache: dict[tuple[int, UUID], tuple[tuple[int, str], Actor]] = {}

_SUBTREE = text(
    """
    WITH RECURSIVE below AS (
        SELECT id FROM departments WHERE tenant_id = :tenant_id AND id = :department_id
        UNION
        SELECT d.id FROM departments d JOIN below b ON d.parent_id = b.id WHERE d.tenant_id = :tenant_id
    )
    SELECT id FROM below
    """
)


def access_changed() -> None:
    """Let every process load this tenant's actors anew from the next request on.

    Until the transaction ends, nobody else can change this tenant's access: called first, it makes sure that
    what is then checked ("somebody else is administrator") still holds at the commit.
    """
    db.session.execute(
        update(Tenant)
        .where(Tenant.id == require_tenant_id())
        .values(access_version=Tenant.access_version + 1)
        .execution_options(synchronize_session=False)
    )


def forget_person(person_id: UUID) -> None:
    """Let every process load a person's actors anew, in every company.

    The rows of tenants are taken first, here as everywhere.
    """
    theirs = select(PersonTenant.tenant_id).where(PersonTenant.person_id == person_id)
    # Two colleagues who share several companies must take these rows in the same order.
    taken = select(Tenant.id).where(Tenant.id.in_(theirs)).order_by(Tenant.id)
    tenant_ids = db.session.scalars(taken.with_for_update(key_share=True)).all()
    db.session.execute(
        update(Tenant)
        .where(Tenant.id.in_(tenant_ids))
        .values(access_version=Tenant.access_version + 1)
        .execution_options(synchronize_session=False)
    )


def cached(tenant_id: int, user_id: UUID, *, access_version: int, state: str) -> Actor | None:
    """The actor as loaded before, if nothing about access has changed since."""
    kept = _cache.get((tenant_id, user_id))
    return kept[1] if kept is not None and kept[0] == (access_version, state) else None


def load(user_id: UUID, *, access_version: int, state: str) -> Actor:
    """Load the actor of a user of the current tenant, and keep it for later requests."""
    tenant_id = require_tenant_id()
    user = db.session.scalars(select(User).where(User.id == user_id)).one()
    roles = _roles_of(user_id)
    limits = _limits(roles)
    locale, timezone, policy = _about(user.person_id)
    actor = Actor(
        id=user.id,
        person_id=user.person_id,
        tenant_id=tenant_id,
        name=user.name,
        grants=merge(role.granted for role in roles),
        hidden=_by_entity(limits, {"hidden"}),
        fixed=_by_entity(limits, {"hidden", "read"}),
        department_id=user.department_id,
        department_ids=subtree_of(user.department_id),
        tenant_state=TenantState(state),
        locale=locale or "zh-CN",
        zone=ZoneInfo(timezone),
        access_version=access_version,
        entry=entry_of(policy),
        must_enrol=_demand_second_factor(roles) and not _has_second_factor(user.person_id),
    )
    if len(_cache) >= _CACHE_SIZE:
        _cache.clear()
    _cache[tenant_id, user_id] = ((access_version, state), actor)
    return actor


def _about(person_id: UUID) -> tuple[str, str, SecurityPolicy | None]:
    """The person's language, the company's time zone and what it demands."""
    row = db.session.execute(
        select(Person.locale, Tenant.timezone, SecurityPolicy)
        .select_from(Person)
        .join(Tenant, Tenant.id == require_tenant_id())
        .outerjoin(SecurityPolicy, SecurityPolicy.tenant_id == Tenant.id)
        .where(Person.id == person_id)
    ).one()
    return row[0], row[1], row[2]


def subtree_of(department_id: UUID | None) -> tuple[UUID, ...]:
    """A department and all below it, in the current tenant."""
    if department_id is None:
        return ()
    found = db.session.execute(
        _SUBTREE, {"tenant_id": require_tenant_id(), "department_id": department_id}
    ).scalars()
    return tuple(found)


def _roles_of(user_id: UUID) -> Sequence[Role]:
    return db.session.scalars(
        select(Role)
        .join(UserRole, (UserRole.tenant_id == Role.tenant_id) & (UserRole.role_id == Role.id))
        .where(UserRole.user_id == user_id)
    ).all()


def _limits(roles: Sequence[Role]) -> Mapping[tuple[str, str], str]:
    """The fields that no role of somebody may write, with the most that any may do with them."""
    if not roles or any(role.is_administrator for role in roles):
        return {}
    found: dict[tuple[str, str], list[str]] = {}
    rows = select(FieldRight).where(FieldRight.role_id.in_([role.id for role in roles]))
    for row in db.session.scalars(rows):
        found.setdefault((row.entity, row.field), []).append(row.field_right)
    return {
        place: "read" if "read" in rights else "hidden"
        for place, rights in found.items()
        if len(rights) == len(roles)
    }


def _by_entity(limits: Mapping[tuple[str, str], str], rights: set[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for (entity, name), right in limits.items():
        if right in rights:
            found.setdefault(entity, set()).add(name)
    return {entity: frozenset(names) for entity, names in found.items()}


def second_factor_required(user_id: UUID) -> bool:
    """Whether a role of a user of the current tenant demands a second factor."""
    return _demand_second_factor(_roles_of(user_id))


def _demand_second_factor(roles: Iterable[Role]) -> bool:
    return any(role.requires_second_factor for role in roles)


def _has_second_factor(person_id: UUID) -> bool:
    confirmed = select(PersonTotp.confirmed_at).where(PersonTotp.person_id == person_id)
    return db.session.scalar(confirmed) is not None


def merge(bundles: Iterable[Mapping[str, str]]) -> dict[Permission, Scope]:
    """The widest scope each permission has among several roles, with what comes along."""
    grants: dict[Permission, Scope] = {}
    for bundle in bundles:
        for name, word in bundle.items():
            permission, scope = Permission(name), Scope.of(word)
            grants[permission] = max(scope, grants.get(permission, scope))
            if permission.implied is not None:
                grants[permission.implied] = Scope.ALL
    return grants
