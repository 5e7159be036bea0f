"""Stories that cross domains. Importing this package makes them listen."""

from app.flows import access_mails, tenant_states

__all__ = ["access_mails", "tenant_states"]
