"""Short messages that vendors never answered for."""

from celery import shared_task

from app.sms import asking


@shared_task(name="sms_inquiries.sweep")
def sweep() -> None:
    """Ask what has become of them; a second run finds them asked about."""
    asking.sweep()
