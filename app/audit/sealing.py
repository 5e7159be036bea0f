"""Sealing the trail: each new line becomes a link of its tenant's chain, a little later.

Who writes to the trail does not wait for this. A line may be committed long after the moment it tells of, so
each round looks back a while; what is from before that is sealed for good.
"""

import hmac
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from app.audit import anchors, digests
from app.audit.models import AuditChain, AuditRecord, AuditSeal
from app.core import clock, doorbell
from app.core.bulk import insert_many
from app.core.db import db
from app.core.uow import after_commit, unit_of_work
from tenants import agenda, current, rounds
from tenants.context import require_tenant_id, tenant_scope
from tenants.models import Tenant

log = structlog.get_logger(__name__)

QUEUE = "audit"
EVERYONE = "audit.seal_everyone"
SLICE_SECONDS = 3.0
"""How long the round over all tenants keeps a worker before it goes to the end of the queue."""
BATCH = 1000
BATCHES_A_VISIT = 20
LOOK_BACK = timedelta(minutes=20)
"""Longer than any transaction can last."""
_KEPT_NOTED = timedelta(hours=3)
_ONLY = UUID(int=0)
_noted: dict[int, datetime] = {}


class ChainBroken(Exception):
    """The end of a chain is not what the sealer left there: it seals nothing on top of that."""


@dataclass(frozen=True, slots=True)
class _Note:
    """Written once per process, tenant and hour, after the commit: nobody must wait for it."""

    tenant_id: int
    hour: datetime

    def __call__(self) -> None:
        try:
            with tenant_scope(self.tenant_id), unit_of_work():
                agenda.note(QUEUE, self.hour)
        except SQLAlchemyError as error:
            # The hourly round goes to every tenant.
            log.warning("audit.not_noted", tenant=self.tenant_id, error=type(error).__name__)
        else:
            _noted[self.tenant_id] = self.hour


def note() -> None:
    """Have the sealer come by: something was written to the current tenant's trail."""
    tenant_id = require_tenant_id()
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    if _noted.get(tenant_id) != hour:
        after_commit(_Note(tenant_id, hour))


def sweep() -> None:
    """Seal what tenants have written lately."""
    rounds.walk(QUEUE, visit)


def sweep_everyone(*, after: int = 0) -> None:
    """Seal what any tenant has written, noted or not; slice by slice, so that other work gets its turn.

    :param after: the tenant at which the slice before ended
    """
    until = time.monotonic() + SLICE_SECONDS
    with unit_of_work():
        tenant_ids = db.session.scalars(select(Tenant.id).where(Tenant.id > after).order_by(Tenant.id)).all()
    for tenant_id in tenant_ids:
        rounds.each([tenant_id], visit, name=QUEUE)
        if time.monotonic() > until and tenant_id != tenant_ids[-1]:
            with unit_of_work():
                doorbell.ring_after_commit(EVERYONE, after=tenant_id)
            return


def visit() -> None:
    """Seal what there is in the current tenant, anchor where the chain ends, and settle if it was little."""
    for _ in range(BATCHES_A_VISIT):
        with unit_of_work():
            sealed = seal_batch()
        if sealed < BATCH:
            break
    with unit_of_work():
        _anchor()
        if sealed == 0:
            # What is noted holds for an hour, and longer in a transaction that began within it.
            agenda.settle(QUEUE, at=clock.now() - _KEPT_NOTED)


def seal_batch() -> int:
    """Seal the oldest unsealed lines of the current tenant; returns how many.

    :raises ChainBroken: if somebody else has been at the end of the chain
    """
    chain = hold_chain()
    if chain is None:
        return 0
    at = clock.now()
    records = _unsealed(chain.complete_until)
    extend(chain, records, erased=False)
    if len(records) < BATCH:
        chain.complete_until = max(chain.complete_until, at - LOOK_BACK)
    stamp(chain)
    return len(records)


def hold_chain(*, wait: bool = False) -> AuditChain | None:
    """The end of the current tenant's chain, held until the commit; None while another sealer holds it.

    :raises ChainBroken: if somebody else has been at it
    """
    tenant_id, slug = require_tenant_id(), current.slug()
    held = select(AuditChain).with_for_update(skip_locked=not wait)
    chain = db.session.scalars(held).first()
    if chain is None:
        fresh = AuditChain(
            tenant_id=tenant_id, id=_ONLY, seq=0, mac=digests.first(slug), complete_until=_BEGINNING,
            key_id=digests.key_id(),
        )  # fmt: skip
        names = ("tenant_id", "id", "seq", "mac", "complete_until", "key_id")
        values = {name: getattr(fresh, name) for name in names}
        proof = {"stamp": digests.chain_stamp(slug, fresh), "anchored_seq": 0}
        db.session.execute(insert(AuditChain).values(values | proof).on_conflict_do_nothing())
        chain = db.session.scalars(held).first()
    # What a former secret has sealed that nobody told us cannot be checked here; verifying names it.
    known = chain is not None and chain.key_id in digests.known_keys()
    if chain is not None and known and not hmac.compare_digest(chain.stamp, digests.chain_stamp(slug, chain)):
        raise ChainBroken(f"the end of the chain at {chain.seq} was changed")
    return chain


def extend(chain: AuditChain, records: Sequence[AuditRecord], *, erased: bool) -> None:
    """Add a link for each of these lines to a chain that is held; it is to be stamped afterwards."""
    slug, at, rows = current.slug(), clock.now(), []
    for record in records:
        salt = secrets.token_bytes(16)
        seal = AuditSeal(
            seq=chain.seq + 1,
            record_id=record.id,
            erased=erased,
            salt=salt,
            digest=digests.payload_digest(record, salt),
            sealed_at=at,
            prev=chain.mac,
            key_id=digests.key_id(),
        )
        chain.seq, chain.mac = seal.seq, digests.seal_mac(slug, seal, seq=seal.seq)
        rows.append(_row(seal, chain.mac))
    insert_many(AuditSeal, rows)
    if rows:
        chain.sealed_at = at


def stamp(chain: AuditChain) -> None:
    """Vouch for the end of the chain as it is now."""
    chain.key_id = digests.key_id()
    chain.stamp = digests.chain_stamp(current.slug(), chain)
    db.session.flush()


def _row(seal: AuditSeal, mac: bytes) -> dict[str, object]:
    named = {name: getattr(seal, name) for name in ("seq", "record_id", "erased", "sealed_at", "key_id")}
    binary = {"salt": seal.salt or b"", "digest": seal.digest, "prev": seal.prev, "mac": mac}
    return {
        "tenant_id": require_tenant_id(),
        **named,
        **{name: f"\\x{value.hex()}" for name, value in binary.items()},
    }


def _unsealed(since: datetime) -> Sequence[AuditRecord]:
    sealed = exists().where(AuditSeal.tenant_id == require_tenant_id(), AuditSeal.record_id == AuditRecord.id)
    return db.session.scalars(
        select(AuditRecord)
        .where(AuditRecord.at >= since, ~sealed)
        .order_by(AuditRecord.at, AuditRecord.id)
        .limit(BATCH)
    ).all()


def _anchor() -> None:
    chain = db.session.scalars(select(AuditChain).with_for_update(skip_locked=True)).first()
    if chain is not None and chain.seq > chain.anchored_seq:
        anchors.append(current.slug(), chain.seq, chain.mac)
        chain.anchored_seq = chain.seq


_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
