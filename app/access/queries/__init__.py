"""Questions about users and their standing."""

from app.access.queries.standing import Me, me, roles_of, sessions_of, tenant_of, tenants_of

__all__ = ["Me", "me", "roles_of", "sessions_of", "tenant_of", "tenants_of"]
