"""Who may do what with a service record: whoever may so with the assets it is about."""

from app.assets.policies import NEEDED
from app.hosted.kinds import Hosted
from app.service_records.models import ServiceRecord

SUBJECT = "service-record"
HOSTED = Hosted(ServiceRecord, SUBJECT, "", NEEDED)
read, add, update = HOSTED.rules.read, HOSTED.rules.add, HOSTED.rules.update
delete, restore, purge = HOSTED.rules.delete, HOSTED.rules.restore, HOSTED.rules.purge
