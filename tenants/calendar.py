"""What day it is where the tenant is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from tenants.context import require_tenant_id
from tenants.models import Tenant


def zone() -> ZoneInfo:
    """The current tenant's time zone."""
    return ZoneInfo(db.session.scalars(select(Tenant.timezone).where(Tenant.id == require_tenant_id())).one())


def today(where: ZoneInfo) -> date:
    """The date at this moment in a time zone."""
    return clock.now().astimezone(where).date()


def end_of(day: date, where: ZoneInfo) -> datetime:
    """The moment at which a day is over in a time zone."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=where)
