"""A new company has the usual messages at hand."""

from app.core.events import on
from app.events.access import CompanyFounded
from app.message_templates import services as templates


@on(CompanyFounded)
def begin_with_the_usual_messages(event: CompanyFounded) -> None:
    """It rewrites, archives and adds to them as it likes."""
    templates.found(event.locale)
