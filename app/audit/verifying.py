"""Checking a tenant's trail against its chain, and the chain against the anchors outside the database."""

import hmac
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, func, select, text

from app.audit import digests
from app.audit.anchors import Anchor
from app.audit.models import AuditChain, AuditRecord, AuditSeal
from app.core.db import db
from tenants.context import require_tenant_id

PAGE = 1000
MOST_MATCHED = 1000
"""Among how many misplaced seals it is looked up where each of them belongs."""

EDITED, REMOVED, REORDERED, INSERTED, CUT = "edited", "removed", "reordered", "inserted", "cut"
FORGED, ANCHOR_EDITED, ANCHOR_MISSING = "forged", "anchor-edited", "anchor-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as the sealer left it."""

    kind: str
    text: str


@dataclass(slots=True)
class Report:
    """What checking one tenant found."""

    sealed: int = 0
    sealed_at: datetime | None = None
    waiting: int = 0
    """Lines too young to be sealed."""
    faults: list[Fault] = field(default_factory=list)

    def blame(self, kind: str, said: str) -> None:
        """Add a fault."""
        self.faults.append(Fault(kind=kind, text=said))


def verify(slug: str, anchors: Sequence[Anchor]) -> Report:
    """Check the trail of the current tenant; begins a transaction of its own, which only reads.

    :param anchors: this tenant's, read before: the chain may have grown since, never shrunk
    """
    db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    report = Report()
    chain = db.session.scalars(select(AuditChain)).first()
    walk = _Walk(slug, report, _later_seals(), [a for a in anchors if a.genuine])
    walk.run()
    _check_end(report, chain, walk, slug)
    _check_anchors(report, chain, walk, anchors)
    _check_unsealed(report, chain)
    return report


class _Walk:
    """From link to link, from the first to the last."""

    def __init__(self, slug: str, report: Report, later: dict[UUID, int], anchors: Sequence[Anchor]) -> None:
        self.slug, self.report, self.later = slug, report, later
        self.anchors: defaultdict[int, list[Anchor]] = defaultdict(list)
        for anchor in anchors:
            self.anchors[anchor.seq].append(anchor)
        self.seq = 0
        self.keys = digests.known_keys()
        self.key = self.keys[-1]
        """With which the seal before was made: a former key seals nothing after a later one."""
        self.macs = {digests.first(slug, key) for key in self.keys}
        """Of the seal before; none if that one proved nothing."""
        self.misplaced: list[AuditSeal] = []

    def run(self) -> None:
        for seal, record in _pages():
            self._step(seal, record)
        self._name_misplaced()

    def _step(self, seal: AuditSeal, record: AuditRecord | None) -> None:
        if seal.seq != self.seq + 1:
            gap = f"{self.seq + 1}" + (f"-{seal.seq - 1}" if seal.seq > self.seq + 2 else "")
            self.report.blame(REMOVED, f"seals {gap} are missing")
            self.macs = set()
        before, self.seq, self.macs = self.macs, seal.seq, set()
        self.report.sealed += 1
        if seal.key_id not in self.keys[: self.keys.index(self.key) + 1]:
            self.report.blame(FORGED, f"seal {seal.seq} was made with another key ({seal.key_id[:40]})")
        elif not _authentic(self.slug, seal, seal.seq):
            self.misplaced.append(seal)
        elif before and seal.prev not in before:
            self.report.blame(FORGED, f"seal {seal.seq} does not follow from the one before")
        else:
            self.key, self.macs = seal.key_id, {seal.mac}
            self._compare(seal, record)
        for anchor in self.anchors.get(seal.seq, ()):
            if anchor.mac != seal.mac:
                self.report.blame(
                    FORGED, f"seal {seal.seq} is not the one that anchor {anchor.where} tells of"
                )

    def _compare(self, seal: AuditSeal, record: AuditRecord | None) -> None:
        if self.later.get(seal.record_id, seal.seq) > seal.seq:
            return
        where = f"line {seal.record_id} (seal {seal.seq})"
        if record is None:
            self.report.blame(REMOVED, f"{where}, sealed {seal.sealed_at:%Y-%m-%d %H:%M:%S}Z, is gone")
        elif seal.salt is None or digests.payload_digest(record, seal.salt) != seal.digest:
            self.report.blame(EDITED, f"{where}, {_told(record)}")

    def _name_misplaced(self) -> None:
        some = self.misplaced[:MOST_MATCHED]
        places = [seal.seq for seal in some]
        for seal in some:
            home = next((seq for seq in places if _authentic(self.slug, seal, seq)), None)
            if home is None:
                said = f"seal {seal.seq} of line {seal.record_id} is not the sealer's work"
                self.report.blame(FORGED, said)
            else:
                said = f"line {seal.record_id} stands at {seal.seq}, but was sealed at {home}"
                self.report.blame(REORDERED, said)
        if len(self.misplaced) > len(some):
            more = len(self.misplaced) - len(some)
            self.report.blame(FORGED, f"{more} more seals are not where or what the sealer left")


def _authentic(slug: str, seal: AuditSeal, seq: int) -> bool:
    return hmac.compare_digest(seal.mac, digests.seal_mac(slug, seal, seq=seq))


def _told(record: AuditRecord) -> str:
    return f"{record.at:%Y-%m-%d %H:%M:%S}Z {record.action} {record.subject_type} {record.subject_label}"


def _pages() -> Iterator[tuple[AuditSeal, AuditRecord | None]]:
    after = -(2**63)
    while True:
        rows = db.session.execute(
            select(AuditSeal, AuditRecord)
            .outerjoin(
                AuditRecord,
                and_(AuditRecord.tenant_id == AuditSeal.tenant_id, AuditRecord.id == AuditSeal.record_id),
            )
            .where(AuditSeal.seq > after)
            .order_by(AuditSeal.seq)
            .limit(PAGE)
        ).all()
        yield from ((seal, record) for seal, record in rows)
        if len(rows) < PAGE:
            return
        after = rows[-1][0].seq
        db.session.expunge_all()


def _later_seals() -> dict[UUID, int]:
    """Where the lines that were erased are sealed anew."""
    rows = db.session.execute(
        select(AuditSeal.record_id, func.max(AuditSeal.seq))
        .where(AuditSeal.erased.is_(True))
        .group_by(AuditSeal.record_id)
    )
    return {row[0]: row[1] for row in rows}


def _check_end(report: Report, chain: AuditChain | None, walk: _Walk, slug: str) -> None:
    if chain is None:
        if walk.seq:
            report.blame(FORGED, "the end of the chain is gone")
        return
    report.sealed_at = chain.sealed_at
    if chain.key_id not in walk.keys or not hmac.compare_digest(
        chain.stamp, digests.chain_stamp(slug, chain)
    ):
        report.blame(FORGED, f"the end of the chain says {chain.seq}, but not in the sealer's hand")
    elif walk.seq < chain.seq:
        report.blame(CUT, f"the chain ends at {walk.seq}, but was sealed up to {chain.seq}")
    elif walk.seq > chain.seq or (walk.macs and chain.mac not in walk.macs):
        report.blame(FORGED, f"the chain goes on after its end at {chain.seq}")


def _check_anchors(report: Report, chain: AuditChain | None, walk: _Walk, anchors: Sequence[Anchor]) -> None:
    for anchor in anchors:
        if not anchor.genuine:
            report.blame(ANCHOR_EDITED, f"anchor {anchor.where} was changed")
    genuine = (anchor for anchor in anchors if anchor.genuine)
    last = max(genuine, key=lambda anchor: anchor.seq, default=None)
    if last is not None and last.seq > walk.seq:
        said = f"the chain ends at {walk.seq}, but anchor {last.where} tells of {last.seq}"
        report.blame(CUT, said)
    if chain is not None and chain.anchored_seq > (last.seq if last else 0):
        report.blame(ANCHOR_MISSING, f"{chain.anchored_seq} was anchored, but no anchor tells of it")


def _check_unsealed(report: Report, chain: AuditChain | None) -> None:
    sealed = exists().where(AuditSeal.tenant_id == require_tenant_id(), AuditSeal.record_id == AuditRecord.id)
    unsealed = select(AuditRecord).where(~sealed)
    if chain is not None:
        young = AuditRecord.at >= chain.complete_until
        late = unsealed.where(~young).order_by(AuditRecord.at, AuditRecord.id).limit(PAGE)
        for record in db.session.scalars(late):
            report.blame(INSERTED, f"line {record.id}, {_told(record)}, was never sealed")
        unsealed = unsealed.where(young)
    report.waiting = db.session.scalar(select(func.count()).select_from(unsealed.subquery())) or 0
