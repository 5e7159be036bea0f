"""Who may do what with a purchase: whoever may so with the assets of its customer."""

from app.assets.policies import NEEDED
from app.hosted.kinds import Hosted
from app.purchases.models import Purchase

SUBJECT = "purchase"
HOSTED = Hosted(Purchase, SUBJECT, "", NEEDED)
read, add, update = HOSTED.rules.read, HOSTED.rules.add, HOSTED.rules.update
delete, restore, purge = HOSTED.rules.delete, HOSTED.rules.restore, HOSTED.rules.purge
