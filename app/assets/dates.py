"""Until when a warranty lasts, and when the next maintenance is due."""

from calendar import monthrange
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.assets.models import Asset
from app.assets.states import AssetState, Every
from app.core.errors import invalid

LATEST = date(9000, 12, 31)


def later(day: date, count: int, unit: Every) -> date:
    """A day so many days or months later; a month too short for it has a last day instead.

    Beyond the end of what calendars show, that end.
    """
    if unit is Every.DAY:
        return min(day + timedelta(days=count), LATEST)
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    if year > LATEST.year:
        return LATEST
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def reckon(asset: Asset, zone: ZoneInfo) -> None:
    """Set what follows from the other dates of an asset.

    :raises Invalid: for a warranty of so many months from nowhere
    """
    begins = asset.warranty_from or asset.installed_on or asset.bought_on
    if asset.warranty_months is not None:
        if begins is None:
            raise invalid("warranty_months", "warranty-from-nowhere")
        # A year from the 10th of March is over with the 9th.
        asset.warranty_until = later(begins, asset.warranty_months, Every.MONTH) - timedelta(days=1)
    if asset.maintenance_every is None:
        asset.maintenance_unit = None
    elif asset.maintenance_unit is None:
        asset.maintenance_unit = Every.MONTH.value
    asset.maintenance_due_on = _due(asset, zone)


def _due(asset: Asset, zone: ZoneInfo) -> date | None:
    if asset.state != AssetState.IN_USE:
        return None
    if asset.maintenance_agreed_on is not None:
        return asset.maintenance_agreed_on
    if asset.maintenance_every is None or asset.maintenance_unit is None:
        return None
    known = asset.last_maintained_on or asset.installed_on or asset.bought_on
    # Nothing is known of one that was only noted: from that day on it is looked after.
    begins = known or asset.created_at.astimezone(zone).date()
    return later(begins, asset.maintenance_every, Every(asset.maintenance_unit))
