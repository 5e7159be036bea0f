"""Assets on the wire."""

from typing import Any

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.assets.cards import MOST_ALIKE
from app.assets.drafts import LONGEST, LONGEST_INTERVAL, LONGEST_WARRANTY
from app.assets.states import AssetState, Every
from app.http.fields import Choice, Custom, Day, Id, Instant, Many, Part, Shape, Text, Whole, Yes

_UNTIL = {"description": "The last day; worked out where `warranty_months` is told"}
_MONTHS = {"description": "From `warranty_from`, or else the installation, or else the purchase"}
_DUE = {"description": "As the last maintenance said, or else by the plan; null for what is retired"}


def _text(name: str, **more: Any) -> Text:
    return Text(max=LONGEST[name], allow_none=True, multiline=name == "remark", **more)


def _months(**more: Any) -> Whole:
    return Whole(min=1, max=LONGEST_WARRANTY, allow_none=True, metadata=_MONTHS, **more)


def _every(**more: Any) -> Whole:
    return Whole(min=1, max=LONGEST_INTERVAL, allow_none=True, **more)


class AssetPatch(Shape):
    """What is to be changed of an asset; null empties a field."""

    contact_id = Id(allow_none=True)
    product_id = Id(allow_none=True)
    name = Text(min=1, max=LONGEST["name"])
    model = _text("model")
    serial = _text("serial")
    state = Choice(AssetState)
    location = _text("location")
    bought_on = Day(allow_none=True)
    installed_on = Day(allow_none=True)
    warranty_from = Day(allow_none=True)
    warranty_months = _months()
    warranty_until = Day(allow_none=True, metadata=_UNTIL)
    maintenance_every = _every()
    maintenance_unit = Choice(Every, allow_none=True)
    contract_number = _text("contract_number")
    contract_from = Day(allow_none=True)
    contract_until = Day(allow_none=True)
    remark = _text("remark")
    custom = Custom("asset")


class AssetIn(AssetPatch):
    """An asset to be noted; without a name it is called as its product."""

    customer_id = Id(required=True)
    name = Text(max=LONGEST["name"], allow_none=True)


class AssetCan(Shape):
    """What the reader may do with an asset."""

    update = Yes(required=True)
    delete = Yes(required=True)


class AssetOut(Shape):
    """An asset in a list."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST["name"])
    model = _text("model", required=True)
    serial = _text("serial", required=True)
    state = Choice(AssetState, required=True)
    location = _text("location", required=True)
    customer = Part(Ref, required=True)
    contact = Part(Ref, required=True, allow_none=True)
    custom = Custom("asset", required=True)
    product = Part(Ref, required=True, allow_none=True)
    bought_on = Day(required=True, allow_none=True)
    installed_on = Day(required=True, allow_none=True)
    warranty_from = Day(required=True, allow_none=True)
    warranty_months = _months(required=True)
    warranty_until = Day(required=True, allow_none=True, metadata=_UNTIL)
    maintenance_every = _every(required=True)
    maintenance_unit = Choice(Every, required=True, allow_none=True)
    last_maintained_on = Day(required=True, allow_none=True)
    maintenance_due_on = Day(required=True, allow_none=True, metadata=_DUE)
    contract_number = _text("contract_number", required=True)
    contract_from = Day(required=True, allow_none=True)
    contract_until = Day(required=True, allow_none=True)
    remark = _text("remark", required=True)
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    created_by = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    editable = Yes(required=True, metadata={"description": "Whether the reader may change it"})


class AssetWhole(AssetOut):
    """An asset with everything its page shows."""

    same_serial = Many(
        Part(Ref),
        required=True,
        max=MOST_ALIKE,
        metadata={"description": "Others with this serial number that the reader sees"},
    )
    can = Part(AssetCan, required=True)


class AssetPage(Shape):
    """A page of assets."""

    items = Many(Part(AssetOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)
