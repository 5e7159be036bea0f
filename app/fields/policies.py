"""Who may shape records."""

from app.access.permissions import Permission
from app.access.rules import Rule
from app.fields.models import FieldDefinition

manage: Rule[FieldDefinition] = Rule(Permission.FIELD_MANAGE, when=lambda _actor, _field: True)
