"""/api/v1/first-steps: what is worth doing in the first days."""

from flask import Response
from flask.views import MethodView

from api.v1.schemas import first_steps as shapes
from app.http import answers
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.insights import first_steps

blp = Blueprint("first-steps", __name__, url_prefix="/api/v1", description="What to begin with.")


@blp.route("/first-steps")
class FirstSteps(MethodView):
    """What to begin with."""

    @signed_in
    @blp.response(200, shapes.FirstSteps)
    def get(self) -> Response:
        """The first steps that the reader may take, and which of them were taken."""
        return answers.ready(first_steps.page(current_actor()))
