"""/dev/mailbox: the mails that a development installation caught instead of sending. Never in production."""

from typing import Any

from flask import current_app
from flask.views import MethodView

from api.v1.schemas import dev_mailbox as shapes
from app.core.errors import NotFound
from app.http.blueprint import Blueprint
from app.http.door import local
from app.messaging.mailbox import Mailbox

blp = Blueprint(
    "dev-mailbox", __name__, url_prefix="/dev", description="Caught mails, in development installations only."
)


def _mailbox() -> Mailbox:
    directory = current_app.config["SETTINGS"].mailbox_dir
    if directory is None:
        raise NotFound
    return Mailbox(directory)


@blp.route("/mailbox")
class DevMailbox(MethodView):
    """The local mailbox."""

    @local("whoever reads it can use every link in it")
    @blp.response(200, shapes.Mailbox)
    def get(self) -> dict[str, Any]:
        """The newest mails, the newest first."""
        return {"items": _mailbox().newest()}

    @local("whoever may read it may empty it")
    @blp.response(204)
    def delete(self) -> None:
        """Throw all mails away."""
        _mailbox().clear()
