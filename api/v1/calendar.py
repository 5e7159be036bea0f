"""/api/v1/calendar: days at a glance, and the address under which other calendars read one's tasks."""

from typing import Any

import orjson
from flask import Response, current_app, request
from flask.views import MethodView

from api.v1.schemas import calendar as shapes
from app.http import answers, idempotency
from app.http.blueprint import Blueprint
from app.http.door import in_person, public, signed_in
from app.http.identity import current_actor
from app.insights import calendar
from app.tasks import feeds, ics

blp = Blueprint("calendar", __name__, url_prefix="/api/v1", description="Days at a glance.")

_ICS = {"type": "string"}
_made = shapes.FeedMade()


@blp.route("/calendar")
class Calendar(MethodView):
    """Days at a glance."""

    @signed_in
    @blp.arguments(shapes.CalendarQuery, location="query")
    @blp.response(200, shapes.CalendarOut)
    def get(self, query: dict[str, Any]) -> Response:
        """What is due, planned and done on some days, as far as one sees it."""
        actor = current_actor()
        return answers.ready(
            calendar.page(
                actor,
                first=query["first"],
                days=query["days"],
                owner_ids=query.get("owner_id") or [actor.id],
            )
        )


@blp.route("/calendar/feed")
class Feed(MethodView):
    """The address under which other calendars read one's tasks."""

    @in_person
    @blp.response(200, shapes.FeedOut)
    def get(self) -> dict[str, Any]:
        """Whether there is one."""
        return {"since": feeds.since(current_actor())}

    @in_person
    @blp.takes_key
    @blp.response(201, shapes.FeedMade)
    def post(self) -> Response:
        """Have a new one; the one before is dead from now on."""
        actor = current_actor()
        token = feeds.renew(actor)
        shown = _made.dump({"since": feeds.since(actor), "address": None})
        idempotency.keep_instead(orjson.dumps(shown))
        base = current_app.config["SETTINGS"].public_url
        return answers.ready({**shown, "address": f"{base}/api/v1/calendar/feed.ics?token={token}"}, 201)

    @in_person
    @blp.response(204)
    def delete(self) -> None:
        """Have none: whoever knows the address reads nothing from now on."""
        feeds.revoke(current_actor())


@blp.route("/calendar/feed.ics")
class FeedFile(MethodView):
    """One's tasks, for a calendar of one's own."""

    @public("calendars cannot sign in; the address is the proof, and reads nothing but tasks")
    @blp.arguments(shapes.FeedQuery, location="query")
    @blp.response(200, _ICS, content_type="text/calendar")
    @blp.alt_response(304, success=True)
    def get(self, query: dict[str, str]) -> Response:
        """What its owner is to do, as far as they may read it at this moment."""
        subscribed = feeds.open_address(query["token"])
        site = current_app.config["SETTINGS"].public_url
        body = ics.written(of=subscribed.actor, company=subscribed.company, site=site)
        response = Response(body, mimetype="text/calendar")
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Content-Disposition"] = 'inline; filename="tasks.ics"'
        response.add_etag()
        response.make_conditional(request)
        return response
