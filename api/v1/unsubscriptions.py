"""/api/v1/unsubscriptions: the unsubscribe button of programmes for mail (RFC 8058)."""

from html import escape
from typing import Any

from flask import Response, current_app
from flask.views import MethodView

from api.v1.schemas.consents import UnsubscriptionQuery
from app.consents import preferences
from app.consents.states import Purpose
from app.http.blueprint import Blueprint
from app.http.door import public

blp = Blueprint("unsubscriptions", __name__, url_prefix="/api/v1", description="Hearing no more by mail.")
_HOLDER = "programmes for mail press the button without an account; the link is the proof"
_ON = """\
<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>…</title>\
<meta http-equiv="refresh" content="0;url={to}"></head>\
<body><p><a href="{to}">退订或设置接收偏好 · Unsubscribe</a></p></body></html>
"""


@blp.route("/unsubscriptions")
class Unsubscriptions(MethodView):
    """Hearing no more of a kind of mail."""

    @public(_HOLDER)
    @blp.arguments(UnsubscriptionQuery, location="query")
    @blp.response(204)
    def post(self, asked: dict[str, Any]) -> None:
        """Write no more mail of this purpose to the holder; it holds at once, and once is enough."""
        preferences.refuse_mail(asked["token"], Purpose(asked["purpose"]))

    @public(_HOLDER)
    @blp.arguments(UnsubscriptionQuery, location="query")
    @blp.response(200, {"type": "string"}, content_type="text/html")
    def get(self, asked: dict[str, Any]) -> Response:
        """A page that leads people who follow the link to their own page; looking changes nothing."""
        preferences.look(asked["token"])
        to = f"{current_app.config['SETTINGS'].public_url}/p#token={asked['token']}"
        return Response(_ON.format(to=escape(to)), mimetype="text/html")
