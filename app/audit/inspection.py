"""What an operator or an auditor asks of the trails: whether they are whole, and to forget a record."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.audit import anchors, erasure, verifying
from app.audit.anchors import Anchor
from app.audit.verifying import Report
from app.core.db import db
from app.core.errors import NotFound
from app.core.uow import unit_of_work
from tenants.context import tenant_scope
from tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is to be said of one company's trail."""

    lines: Sequence[str]
    intact: bool


@dataclass(frozen=True, slots=True)
class _Operator:
    """Whoever has a shell on the server; not a user of the company."""

    id: UUID | None = None
    name: str = "Guanxi"


def inspect_trails(slug: str | None = None) -> Iterator[Inspection]:
    """Check every company's trail, or one's.

    :raises NotFound: if there is no such company
    """
    told: defaultdict[str, list[Anchor]] = defaultdict(list)
    for anchor in anchors.read():
        told[anchor.tenant].append(anchor)
    with unit_of_work():
        rows = db.session.execute(select(Tenant.id, Tenant.slug, Tenant.name).order_by(Tenant.id)).all()
    wanted = [row for row in rows if slug in {None, row.slug}]
    if slug is not None and not wanted:
        raise NotFound
    for tenant_id, name, called in wanted:
        with tenant_scope(tenant_id), unit_of_work():
            report = verifying.verify(name, told.pop(name, []))
        yield _said(f"{called} ({name})", report)
    if slug is None:
        for name, left in told.items():
            said = f"anchor {left[0].where} was changed" if not name else f"company {name} is gone"
            yield Inspection([f"TAMPERED {said}"], intact=False)


def erase_subject(slug: str, subject_type: str, subject_id: UUID) -> int:
    """Erase what a company's trail says about one record; returns how many lines that were.

    :raises NotFound: if there is no such company
    """
    with unit_of_work():
        tenant_id = db.session.scalar(select(Tenant.id).where(Tenant.slug == slug))
    if tenant_id is None:
        raise NotFound
    with tenant_scope(tenant_id), unit_of_work():
        return erasure.erase(_Operator(), subject_type, subject_id)


def _said(who: str, report: Report) -> Inspection:
    until = f" until {report.sealed_at:%Y-%m-%d %H:%M:%S}Z" if report.sealed_at else ""
    facts = f"{report.sealed} sealed{until}, {report.waiting} waiting to be sealed"
    if not report.faults:
        return Inspection([f"intact   {who}: {facts}"], intact=True)
    faults = [f"  {fault.kind}: {fault.text}" for fault in report.faults]
    return Inspection([f"TAMPERED {who}: {facts}", *faults], intact=False)
