"""/api/v1/work-calendar: when a company works."""

from typing import Any

from flask import Response
from flask.views import MethodView

from api.v1.schemas import work_calendar as shapes
from app.access.queries.trail import last_change
from app.access.services.tenant import SUBJECT_ID
from app.http import answers, etag
from app.http.blueprint import Blueprint
from app.http.door import in_person, signed_in
from app.http.identity import current_actor
from app.workdays import models, services
from app.workdays.models import WorkCalendar
from app.workdays.services import SUBJECT

blp = Blueprint("work-calendar", __name__, url_prefix="/api/v1", description="When a company works.")
_HOURS = ("begins", "ends", "break_begins", "break_ends")
_FACTS = ("version", "weekdays", *_HOURS, "public_holidays", "exceptions")


def _shown(calendar: WorkCalendar) -> dict[str, Any]:
    return {name: getattr(calendar, name) for name in _FACTS}


def _answer(calendar: WorkCalendar) -> Response:
    return etag.tag(answers.ready(_shown(calendar)), calendar)


@blp.route("/work-calendar")
class OneWorkCalendar(MethodView):
    """The company's working time."""

    @signed_in
    @blp.response(200, shapes.WorkCalendarOut)
    def get(self) -> Response:
        """When the company works: its week, its hours, and the days that are otherwise."""
        return _answer(models.current())

    @in_person
    @blp.needs_version
    @blp.arguments(shapes.WorkCalendarPatch)
    @blp.response(200, shapes.WorkCalendarOut)
    def patch(self, sent: dict[str, Any]) -> Response:
        """Work at other times; what is counted in working time from now on counts by them."""
        calendar = models.current()
        etag.check(calendar, sent, lambda: _shown(calendar), lambda: last_change(SUBJECT, SUBJECT_ID))
        return _answer(services.change(current_actor(), sent))
