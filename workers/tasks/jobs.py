"""Long jobs: bells, and the sweep that finds what no bell was heard for."""

from celery import shared_task

from app.jobs import services, slices, tidying
from tenants.context import tenant_scope


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Ring for every tenant that has unfinished jobs; a second run rings for nobody twice."""
    slices.sweep()


@shared_task(name=services.WORK)
def work(*, tenant_id: int) -> None:
    """Do a slice of one tenant's jobs; a second run finds the lease taken, or nothing left to do."""
    with tenant_scope(tenant_id):
        slices.work_a_while()


@shared_task(name="jobs.tidy")
def tidy() -> None:
    """Forget the rows of jobs that are long over; a second run finds the rest or nothing."""
    tidying.sweep()
