"""/api/v1/tenant: the company's own settings."""

from typing import Any

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import tenant as shapes
from app.access import queries
from app.access.queries.trail import last_change
from app.access.services import tenant as services
from app.access.services.tenant import SUBJECT_ID
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import in_person, signed_in
from app.http.identity import current_actor
from tenants.models import Tenant

blp = Blueprint("tenant", __name__, url_prefix="/api/v1", description="The company's own settings.")
_one = shapes.TenantOut()


def _answer(tenant: Tenant) -> Response:
    return etag.tag(jsonify(_one.dump(tenant)), tenant)


@blp.route("/tenant")
class TenantSettings(MethodView):
    """The company."""

    @signed_in
    @blp.response(200, shapes.TenantOut)
    def get(self) -> Response:
        """The company one is signed in to."""
        return _answer(queries.tenant_of(current_actor()))

    @in_person
    @blp.needs_version
    @blp.arguments(shapes.TenantPatch)
    @blp.response(200, shapes.TenantOut)
    def patch(self, sent: dict[str, Any]) -> Response:
        """Change the company's name, language or time zone."""
        actor = current_actor()
        tenant = queries.tenant_of(actor)
        etag.check(tenant, sent, lambda: _one.dump(tenant), lambda: last_change("tenant", SUBJECT_ID))
        services.change(actor, tenant, sent)
        return _answer(tenant)
