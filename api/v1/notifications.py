"""/api/v1/notifications: what waits under one's bell."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import notifications as shapes
from app.core.keyset import read_id_cursor
from app.http.blueprint import Blueprint
from app.http.door import hot_read_in_person, in_person
from app.http.identity import current_actor, hot_connection
from app.messaging import queries, services

blp = Blueprint("notifications", __name__, url_prefix="/api/v1", description="The bell.")
_page = shapes.Notifications()


@blp.route("/notifications")
class Notifications(MethodView):
    """One's own notifications."""

    @hot_read_in_person
    @blp.arguments(shapes.NotificationQuery, location="query")
    @blp.response(200, shapes.Notifications)
    def get(self, asked: dict[str, Any]) -> Response:
        """One's notifications, the newest first, and how many are unread."""
        actor, connection, limit = current_actor(), hot_connection(), asked["limit"]
        items = queries.bells(
            connection, actor, unread=asked["unread"], before=read_id_cursor(asked["cursor"]), limit=limit + 1
        )
        more = len(items) > limit
        page = {
            "items": items[:limit],
            "next_cursor": items[limit - 1].id.hex if more else None,
            "unread_count": queries.unread_count(connection, actor),
        }
        return jsonify(_page.dump(page))


@blp.route("/notifications/<uuid:notification_id>/reading")
class Reading(MethodView):
    """That one has seen a notification."""

    @in_person
    @blp.takes_key
    @blp.response(204)
    def post(self, notification_id: UUID) -> None:
        """Mark a notification as read; again does no harm."""
        services.mark_read(current_actor(), notification_id)


@blp.route("/notification-readings")
class Readings(MethodView):
    """That one has seen them all."""

    @in_person
    @blp.takes_key
    @blp.response(204)
    def post(self) -> None:
        """Mark all one's notifications as read."""
        services.mark_all_read(current_actor())
