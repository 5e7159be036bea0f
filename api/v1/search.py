"""/api/v1/search: one box for everything."""

from flask import Response
from flask.views import MethodView

from api.v1.schemas import search as shapes
from app.http import answers, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read
from app.http.identity import current_actor
from app.insights import search

blp = Blueprint("search", __name__, url_prefix="/api/v1", description="One box for everything.")


@blp.route("/search")
class Search(MethodView):
    """Everything that can be found."""

    @hot_read
    @blp.doc(parameters=[paging.Q, paging.limit_parameter(search.DEFAULT_LIMIT, search.MAX_LIMIT)])
    @blp.response(200, shapes.SearchResult)
    def get(self) -> Response:
        """Records by any fragment of a name, its pinyin or initials, a number, or a phone's tail."""
        sent = paging.only("q", "limit")
        limit = paging.limit(sent, default=search.DEFAULT_LIMIT, most=search.MAX_LIMIT)
        found = search.find(identity.hot_driver(), current_actor(), paging.query(sent), limit)
        return answers.ready(found)
