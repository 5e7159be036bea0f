"""Who may do what with a service record: whoever may so with the assets it is about."""

from app.assets.policies import NEEDED
from app.core.filter_values import Kind
from app.fields.entities import BuiltIn
from app.hosted.kinds import Hosted
from app.hosted.own import OwnFields
from app.service_records.models import ServiceRecord
from app.service_records.states import ServiceKind

SUBJECT = "service-record"
_DAYS = ("done_on", "next_due_on")
_OWN = OwnFields(
    SUBJECT,
    (
        BuiltIn("kind", Kind.CHOICE, tuple(ServiceKind), essential=True, placed=False),
        BuiltIn("content", Kind.TEXT, essential=True, placed=False),
        *(BuiltIn(name, essential=True, placed=False) for name in _DAYS),
    ),
    frozenset(_DAYS),
)
HOSTED = Hosted(ServiceRecord, "", NEEDED, _OWN)
read, add, update = HOSTED.rules.read, HOSTED.rules.add, HOSTED.rules.update
delete, restore, purge = HOSTED.rules.delete, HOSTED.rules.restore, HOSTED.rules.purge
