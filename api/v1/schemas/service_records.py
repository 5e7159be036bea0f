"""Service records on the wire."""

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.assets.drafts import LONGEST as LONGEST_OF_ASSET
from app.http.fields import Choice, Custom, Day, Id, Instant, Many, MoneyShape, Part, Shape, Text, Whole, Yes
from app.service_records.drafts import LONGEST
from app.service_records.models import GIST
from app.service_records.states import ServiceKind

_NEXT = {"description": "After a maintenance, its asset follows"}
_OUTSIDE = {"description": "Who did it, if no colleague"}


class ServiceRecordPatch(Shape):
    """What is to be changed of a service record; null empties a field."""

    contact_id = Id(allow_none=True)
    asset_id = Id(allow_none=True)
    kind = Choice(ServiceKind)
    content = Text(min=1, max=LONGEST["content"], multiline=True)
    done_on = Day(metadata={"description": "Not after today, by the company's clock"})
    done_by_id = Id(allow_none=True)
    done_by_name = Text(max=LONGEST["done_by_name"], allow_none=True, metadata=_OUTSIDE)
    next_due_on = Day(allow_none=True, metadata=_NEXT)
    fee = Part(MoneyShape, allow_none=True)
    custom = Custom("service-record")


class ServiceRecordIn(ServiceRecordPatch):
    """What was done; by whoever tells it, if nobody else is named."""

    customer_id = Id(required=True)
    kind = Choice(ServiceKind, required=True)
    content = Text(required=True, min=1, max=LONGEST["content"], multiline=True)
    done_on = Day(required=True, metadata={"description": "Not after today, by the company's clock"})


class ServiceRecordCan(Shape):
    """What the reader may do with a service record."""

    update = Yes(required=True)
    delete = Yes(required=True)


class ServiceRecordOut(Shape):
    """A service record in a list."""

    id = Id(required=True)
    version = Whole(required=True)
    kind = Choice(ServiceKind, required=True)
    content = Text(required=True, max=LONGEST["content"], multiline=True)
    gist = Text(required=True, max=GIST)
    done_on = Day(required=True)
    done_by = Part(Ref, required=True, allow_none=True)
    done_by_name = Text(required=True, max=LONGEST["done_by_name"], allow_none=True, metadata=_OUTSIDE)
    next_due_on = Day(required=True, allow_none=True)
    fee = Part(MoneyShape, required=True, allow_none=True)
    asset = Part(Ref, required=True, allow_none=True)
    asset_serial = Text(required=True, max=LONGEST_OF_ASSET["serial"], allow_none=True)
    customer = Part(Ref, required=True)
    contact = Part(Ref, required=True, allow_none=True)
    custom = Custom("service-record", required=True)
    attachment_count = Whole(required=True)
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    created_by = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    editable = Yes(required=True, metadata={"description": "Whether the reader may change it"})


class ServiceRecordWhole(ServiceRecordOut):
    """A service record with what the reader may do with it."""

    can = Part(ServiceRecordCan, required=True)


class ServiceRecordPage(Shape):
    """A page of service records."""

    items = Many(Part(ServiceRecordOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)
