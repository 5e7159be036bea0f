"""/api/v1/tasks: what is to be done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import tasks as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.tasks import cards, queries, services
from app.tasks.models import Task
from app.tasks.own import SUBJECT
from app.tasks.services import TaskDraft
from app.tasks.states import Priority, Scope

blp = Blueprint("tasks", __name__, url_prefix="/api/v1", description="What is to be done.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts, searchable=False)
_as_sent = shapes.TaskPatch()


def _draft(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, in the words of the domain."""
    return {**sent, "priority": Priority(sent["priority"])} if "priority" in sent else dict(sent)


def _to_change(actor: Actor, task_id: UUID, sent: Mapping[str, Any]) -> Task:
    """The task, locked, if the caller's change is based on what it is now."""
    task = queries.get(actor, task_id, to_change=True)
    etag.check(
        task,
        sent,
        lambda: cards.flat(cards.whole_now(actor, task_id)),
        lambda: last_change(SUBJECT, task_id),
    )
    return task


@blp.route("/tasks")
class Tasks(MethodView):
    """Tasks."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.TaskPage)
    def get(self) -> Response:
        """One's own tasks, those one has set, and those within one's reach, the most urgent first."""
        asked = paging.asked(cards.LISTING)
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), asked))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.TaskIn)
    @blp.response(201, shapes.TaskOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Set a task; a colleague who is given one is told."""
        actor = current_actor()
        task_id = services.create(actor, TaskDraft(**_draft(sent))).id
        response = answers.ready(cards.whole_now(actor, task_id), 201)
        response.headers["Location"] = f"/api/v1/tasks/{task_id}"
        return response


@blp.route("/tasks/<uuid:task_id>")
class OneTask(MethodView):
    """A task."""

    @hot_read
    @blp.response(200, shapes.TaskOut)
    def get(self, task_id: UUID) -> Response:
        """A task."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), task_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.TaskPatch)
    @blp.response(200, shapes.TaskOut)
    def patch(self, sent: dict[str, Any], task_id: UUID) -> Response:
        """Change a task; a colleague who is given it is told."""
        actor = current_actor()
        task = _to_change(actor, task_id, _as_sent.dump(sent))
        services.update(actor, task, _draft(sent))
        return answers.ready(cards.whole_now(actor, task_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, task_id: UUID) -> None:
        """Put a task away for a week; of a series, this time alone."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, task_id, {}))


@blp.route("/tasks/<uuid:task_id>/series")
class Series(MethodView):
    """A task and those that follow it."""

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, task_id: UUID) -> None:
        """Put a task away for a week, and let none follow it."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, task_id, {}), scope=Scope.FOLLOWING)


@blp.route("/tasks/<uuid:task_id>/restoration")
class Restoration(MethodView):
    """A task that comes back."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.TaskOut)
    def post(self, task_id: UUID) -> Response:
        """Bring back a task deleted within a week.

        An untouched next one of its series goes; a series that had ended with it goes on.
        """
        actor = current_actor()
        services.restore(actor, queries.deleted(actor, task_id))
        return answers.ready(cards.whole_now(actor, task_id))


@blp.route("/tasks/<uuid:task_id>/completion")
class Completion(MethodView):
    """Whether a task is done."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.TaskOut)
    def post(self, task_id: UUID) -> Response:
        """Tick a task off; one that is done stays as it is. Of a series, the next one is made."""
        actor = current_actor()
        services.complete(actor, queries.get(actor, task_id, to_change=True))
        return answers.ready(cards.whole_now(actor, task_id))

    @signed_in
    @blp.response(200, shapes.TaskOut)
    def delete(self, task_id: UUID) -> Response:
        """Take the tick back; one that is open stays as it is. An untouched next one goes."""
        actor = current_actor()
        services.reopen(actor, queries.get(actor, task_id, to_change=True))
        return answers.ready(cards.whole_now(actor, task_id))


@blp.route("/my-day")
class MyDay(MethodView):
    """One's own day."""

    @signed_in
    @blp.response(200, shapes.MyDay)
    def get(self) -> Response:
        """What one is to do: overdue, today, and in the week after."""
        return answers.ready(cards.my_day(current_actor()))
