"""/api/v1/departments: the company as a tree."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import departments as shapes
from app.access.queries import departments as queries
from app.access.queries.departments import Branch
from app.access.queries.trail import last_change
from app.access.services import departments as services
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("departments", __name__, url_prefix="/api/v1", description="The company as a tree.")
_one = shapes.DepartmentOut()


def _card(branch: Branch) -> dict[str, Any]:
    department = branch.department
    card: dict[str, Any] = _one.dump(
        {
            "id": department.id,
            "version": department.version,
            "name": department.name,
            "parent_id": department.parent_id,
            "heads": branch.heads,
            "user_count": branch.user_count,
            "sort_order": department.sort_order,
        }
    )
    return card


def _shown(branch: Branch) -> dict[str, Any]:
    return {**_card(branch), "head_ids": [str(head.id) for head in branch.heads]}


def _check(branch: Branch, sent: dict[str, Any]) -> None:
    department = branch.department
    etag.check(department, sent, lambda: _shown(branch), lambda: last_change("department", department.id))


def _answer(branch: Branch, status: int = 200) -> Response:
    response = jsonify(_card(branch))
    response.status_code = status
    return etag.tag(response, branch.department)


@blp.route("/departments")
class Departments(MethodView):
    """All departments."""

    @signed_in
    @blp.response(200, shapes.DepartmentTree)
    def get(self) -> Response:
        """The whole tree, flat."""
        return jsonify({"items": [_card(branch) for branch in queries.tree(current_actor())]})

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.DepartmentIn)
    @blp.response(201, shapes.DepartmentOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a department."""
        actor = current_actor()
        department = services.create(actor, **sent)
        return _answer(queries.get(actor, department.id), 201)


@blp.route("/departments/<uuid:department_id>")
class OneDepartment(MethodView):
    """One department."""

    @signed_in
    @blp.response(200, shapes.DepartmentOut)
    def get(self, department_id: UUID) -> Response:
        """A department."""
        return _answer(queries.get(current_actor(), department_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.DepartmentPatch)
    @blp.response(200, shapes.DepartmentOut)
    def patch(self, sent: dict[str, Any], department_id: UUID) -> Response:
        """Rename, move or reorder a department, or say who leads it."""
        actor = current_actor()
        branch = queries.get(actor, department_id)
        _check(branch, shapes.DepartmentPatch().dump(sent))
        services.change(actor, branch.department, sent)
        return _answer(queries.get(actor, department_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, department_id: UUID) -> None:
        """Delete an empty department."""
        actor = current_actor()
        branch = queries.get(actor, department_id)
        _check(branch, {})
        services.remove(actor, branch.department)
