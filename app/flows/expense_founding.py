"""A new company knows the usual kinds of expense."""

from app.core.events import on
from app.events.access import CompanyFounded
from app.expense_kinds import services as kinds


@on(CompanyFounded)
def begin_with_the_usual_kinds(event: CompanyFounded) -> None:
    """It renames, archives and adds to them as it likes."""
    kinds.found(event.locale)
