"""Who may bring files in, and who may look at what came of it."""

from app.access.permissions import Permission
from app.access.rules import Rule
from app.imports.models import CHECK_KIND, JOB_KIND, UNDO_KIND, Import
from app.jobs import policies as jobs

change = Rule[Import](Permission.CUSTOMER_IMPORT, when=lambda actor, wanted: wanted.created_by_id == actor.id)

# The rows of an import name customers.
for kind in (JOB_KIND, CHECK_KIND, UNDO_KIND):
    jobs.tells_of(kind, Permission.CUSTOMER_READ)
