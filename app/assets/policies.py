"""Who may do what with an asset: it is never seen farther than its customer is."""

from app.access.permissions import Permission
from app.assets.models import Asset
from app.assets.states import AssetState
from app.core.filter_values import Kind
from app.fields.entities import BuiltIn
from app.hosted.kinds import Hosted, Needed
from app.hosted.own import OwnFields
from app.lists.models import ASSET

NEEDED = Needed(
    read=Permission.ASSET_READ,
    create=Permission.ASSET_CREATE,
    update=Permission.ASSET_UPDATE,
    delete=Permission.ASSET_DELETE,
    export=Permission.ASSET_EXPORT,
)
SUBJECT = "asset"
_TEXTS = ("name", "model", "serial", "location", "contract_number")
_DAYS = ("bought_on", "installed_on", "warranty_until", "maintenance_due_on", "contract_until")
_OWN = OwnFields(
    SUBJECT,
    (
        *(BuiltIn(name, Kind.TEXT, essential=True, placed=False) for name in _TEXTS),
        BuiltIn("state", Kind.CHOICE, tuple(AssetState), essential=True, placed=False),
        *(BuiltIn(name, essential=True, placed=False) for name in _DAYS),
    ),
    frozenset(_DAYS),
)
HOSTED: Hosted[Asset] = Hosted(Asset, ASSET, NEEDED, _OWN)
read, add, update = HOSTED.rules.read, HOSTED.rules.add, HOSTED.rules.update
delete, restore, purge = HOSTED.rules.delete, HOSTED.rules.restore, HOSTED.rules.purge
