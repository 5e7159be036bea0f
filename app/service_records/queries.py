"""Reading service records: fetching is authorising, what an actor may not see does not exist."""

from uuid import UUID

from sqlalchemy import select

from app.core.db import db
from app.service_records.models import ServiceRecord
from app.service_records.policies import HOSTED
from app.service_records.states import ServiceKind

get, in_bin = HOSTED.get, HOSTED.in_bin
reach_of, reach_to_export, reach_of_bin = HOSTED.reach_of, HOSTED.reach_to_export, HOSTED.reach_of_bin


def last_maintenance(asset_id: UUID) -> ServiceRecord | None:
    """The latest maintenance of an asset that is told of outside the bin."""
    wanted = select(ServiceRecord).where(
        ServiceRecord.asset_id == asset_id,
        ServiceRecord.kind == ServiceKind.MAINTENANCE,
        ServiceRecord.deleted_at.is_(None),
    )
    latest = (ServiceRecord.done_on.desc(), ServiceRecord.created_at.desc(), ServiceRecord.id.desc())
    return db.session.scalars(wanted.order_by(*latest).limit(1)).first()
