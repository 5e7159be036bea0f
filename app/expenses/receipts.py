"""The receipts of claims: files that are known again, so that none is paid for twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, FieldProblem
from app.core.ids import new_id
from app.expenses import drafts, policies
from app.expenses.drafts import LONGEST_OF_INVOICE, LineDraft, ReceiptDraft
from app.expenses.models import ExpenseClaim, ExpenseReceipt
from app.expenses.trail import SUBJECT
from app.files.models import Attachment, Blob
from app.files.types import SHOWN
from app.files.uploads import UPLOAD

FIELD = "receipts"
"""Where the files of a claim lie that are receipts."""


class ReceiptClaimed(Conflict):
    """Another claim, which the reader may see, has this receipt."""

    code = "receipt-claimed"


class ReceiptClaimedByAnother(Conflict):
    """Somebody has claimed this receipt; who, the reader may not know."""

    code = "receipt-claimed-by-another"


@dataclass(frozen=True, slots=True)
class Found:
    """A file that can be a receipt."""

    id: UUID
    media_type: str
    sha256: str


def find(by: Actor, claim: ExpenseClaim, file_ids: Sequence[UUID]) -> dict[UUID, Found]:
    """Those of these files that wait for whoever asks, or are receipts of the claim already."""
    if not file_ids:
        return {}
    waits = and_(Attachment.record_type == UPLOAD, Attachment.record_id == by.id)
    there = and_(
        Attachment.record_type == SUBJECT, Attachment.record_id == claim.id, Attachment.field == FIELD
    )
    asked = (
        select(Attachment.id, Attachment.media_type, Blob.sha256)
        .join(Blob, and_(Blob.tenant_id == Attachment.tenant_id, Blob.id == Attachment.blob_id))
        .where(Attachment.id.in_(file_ids), Attachment.deleted_at.is_(None), or_(waits, there))
    )
    return {row.id: Found(*row) for row in db.session.execute(asked)}


def rows(
    place: int, wanted: Sequence[ReceiptDraft], known: Mapping[UUID, Found]
) -> tuple[list[dict[str, Any]], list[FieldProblem]]:
    """The receipts of a line as they are kept, and what is wrong with them."""
    made: list[dict[str, Any]] = []
    problems: list[FieldProblem] = []
    for i, receipt in enumerate(wanted):
        at = f"lines.{place}.receipts.{i}."
        written = {name: getattr(receipt, name) for name in LONGEST_OF_INVOICE}
        stored, wrong = drafts.texts(at, written, LONGEST_OF_INVOICE)
        problems += wrong
        file = known.get(receipt.file_id)
        if file is None:
            problems.append(FieldProblem(f"{at}file_id", "unknown-reference"))
        elif file.media_type not in SHOWN:
            problems.append(FieldProblem(f"{at}file_id", "not-a-receipt"))
        else:
            made.append(
                {
                    "id": new_id(),
                    "file_id": file.id,
                    "sha256": file.sha256,
                    **{name: stored.get(name) for name in LONGEST_OF_INVOICE},
                    "invoice_key": receipt.key,
                    "held": False,
                }
            )
    return made, problems


def doubled(wanted: Sequence[LineDraft], known: Mapping[UUID, Found]) -> list[FieldProblem]:
    """Receipts that a claim would name twice."""
    seen: set[str] = set()
    problems = []
    for place, line in enumerate(wanted):
        for i, receipt in enumerate(line.receipts):
            file = known.get(receipt.file_id)
            marks = {file.sha256 if file else "", receipt.key or ""} - {""}
            if marks & seen:
                problems.append(FieldProblem(f"lines.{place}.receipts.{i}.file_id", "receipt-twice"))
            seen |= marks
    return problems


def hold(reader: Actor, claim: ExpenseClaim) -> None:
    """Keep the receipts of a claim for it alone.

    :raises ReceiptClaimed: naming the other claim, if the reader may know of it
    :raises ReceiptClaimedByAnother: otherwise
    """
    try:
        with db.session.begin_nested():
            _set(claim, held=True)
    except IntegrityError:
        raise _refusal(reader, claim) from None


def release(claim: ExpenseClaim) -> None:
    """Let others claim what this claim does not any more."""
    _set(claim, held=False)


def _set(claim: ExpenseClaim, *, held: bool) -> None:
    mine = update(ExpenseReceipt).where(ExpenseReceipt.claim_id == claim.id).values(held=held)
    db.session.execute(mine.execution_options(synchronize_session=False))


def _refusal(reader: Actor, claim: ExpenseClaim) -> Conflict:
    own = select(ExpenseReceipt).where(ExpenseReceipt.claim_id == claim.id)
    mine = db.session.scalars(own).all()
    alike: list[ColumnElement[bool]] = [ExpenseReceipt.sha256.in_([one.sha256 for one in mine])]
    alike.append(ExpenseReceipt.invoice_key.in_([one.invoice_key for one in mine if one.invoice_key]))
    asked = (
        select(ExpenseClaim, ExpenseReceipt, Attachment.name)
        .join(ExpenseReceipt, ExpenseReceipt.claim_id == ExpenseClaim.id)
        .join(Attachment, Attachment.id == ExpenseReceipt.file_id)
        .where(ExpenseReceipt.held, ExpenseReceipt.claim_id != claim.id, or_(*alike))
        .limit(1)
    )
    found = db.session.execute(asked).first()
    if found is None or not policies.read.allows(reader, found[0]):
        return ReceiptClaimedByAnother(receipt=_mine(mine, found[1] if found else None))
    return ReceiptClaimed(receipt=_mine(mine, found[1]), number=found[0].number)


def _mine(own: Sequence[ExpenseReceipt], other: ExpenseReceipt | None) -> str:
    """What the reader calls the receipt that another claim has."""
    like = next(
        (
            one
            for one in own
            if other is not None
            and (one.sha256 == other.sha256 or (one.invoice_key and one.invoice_key == other.invoice_key))
        ),
        own[0],
    )
    return db.session.scalars(select(Attachment.name).where(Attachment.id == like.file_id)).one()
