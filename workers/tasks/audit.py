"""Sealing the audit trail."""

from celery import shared_task

from app.audit import sealing


@shared_task(name="audit.seal")
def seal() -> None:
    """Seal what was written lately; a second run finds it sealed, or the chain held."""
    sealing.sweep()


@shared_task(name="audit.seal_everyone")
def seal_everyone(*, after: int = 0) -> None:
    """Seal what any company has written, noted or not; a second run finds it sealed."""
    sealing.sweep_everyone(after=after)
