"""Who may do what with an asset: it is never seen farther than its customer is."""

from app.access.permissions import Permission
from app.assets.models import Asset
from app.hosted.kinds import Hosted, Needed
from app.lists.models import ASSET

NEEDED = Needed(
    read=Permission.ASSET_READ,
    create=Permission.ASSET_CREATE,
    update=Permission.ASSET_UPDATE,
    delete=Permission.ASSET_DELETE,
    export=Permission.ASSET_EXPORT,
)
SUBJECT = "asset"
HOSTED: Hosted[Asset] = Hosted(Asset, SUBJECT, ASSET, NEEDED)
read, add, update = HOSTED.rules.read, HOSTED.rules.add, HOSTED.rules.update
delete, restore, purge = HOSTED.rules.delete, HOSTED.rules.restore, HOSTED.rules.purge
