"""Who may do what with a purchase: whoever may so with the assets of its customer."""

from app.assets.policies import NEEDED
from app.core.filter_values import Kind
from app.fields.entities import BuiltIn
from app.hosted.kinds import Hosted
from app.hosted.own import OwnFields
from app.purchases.models import Purchase
from app.purchases.states import Source

SUBJECT = "purchase"
_OWN = OwnFields(
    SUBJECT,
    (
        *(BuiltIn(name, Kind.TEXT, essential=True, placed=False) for name in ("name", "unit", "reference")),
        BuiltIn("source", Kind.CHOICE, tuple(Source), essential=True, placed=False),
        BuiltIn("bought_on", essential=True, placed=False),
    ),
    frozenset({"bought_on"}),
)
HOSTED = Hosted(Purchase, "", NEEDED, _OWN)
read, add, update = HOSTED.rules.read, HOSTED.rules.add, HOSTED.rules.update
delete, restore, purge = HOSTED.rules.delete, HOSTED.rules.restore, HOSTED.rules.purge
