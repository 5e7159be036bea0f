"""/api/v1/security-policy: what a company demands of whoever enters it."""

from typing import Any

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import security_policy as shapes
from app.access.queries.trail import last_change
from app.access.security import SecurityPolicy
from app.access.services import security as services
from app.access.services.tenant import SUBJECT_ID
from app.core.origin import current_origin
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import in_person
from app.http.identity import current_actor

blp = Blueprint("security-policy", __name__, url_prefix="/api/v1", description="What a company demands.")
SUBJECT = "security-policy"
_one = shapes.SecurityPolicyOut()


def _shown(policy: SecurityPolicy) -> dict[str, Any]:
    shown: dict[str, Any] = _one.dump(policy)
    return {**shown, "your_address": current_origin().ip}


def _answer(policy: SecurityPolicy) -> Response:
    return etag.tag(jsonify(_shown(policy)), policy)


@blp.route("/security-policy")
class OneSecurityPolicy(MethodView):
    """The company's demands."""

    @in_person
    @blp.response(200, shapes.SecurityPolicyOut)
    def get(self) -> Response:
        """What the company demands of whoever enters it."""
        return _answer(services.policy(current_actor()))

    @in_person
    @blp.needs_version
    @blp.arguments(shapes.SecurityPolicyPatch)
    @blp.response(200, shapes.SecurityPolicyOut)
    def patch(self, sent: dict[str, Any]) -> Response:
        """Demand something else, from the next request on."""
        actor = current_actor()
        policy = services.policy(actor)
        etag.check(policy, sent, lambda: _shown(policy), lambda: last_change(SUBJECT, SUBJECT_ID))
        return _answer(services.change(actor, sent))
