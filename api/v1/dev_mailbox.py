"""/dev: the messages that a development installation caught instead of sending. Never in production."""

from typing import Any

from flask import current_app
from flask.views import MethodView

from api.v1.schemas import dev_mailbox as shapes
from app.core.errors import NotFound
from app.http.blueprint import Blueprint
from app.http.door import local
from app.messaging.mailbox import Mailbox
from app.messaging.short_box import ShortBox

blp = Blueprint(
    "dev-mailbox",
    __name__,
    url_prefix="/dev",
    description="Caught messages, in development installations only.",
)


def _mailbox() -> Mailbox:
    directory = current_app.config["SETTINGS"].mailbox_dir
    if directory is None:
        raise NotFound
    return Mailbox(directory)


def _short_box() -> ShortBox:
    directory = current_app.config["SETTINGS"].sms_box
    if directory is None:
        raise NotFound
    return ShortBox(directory)


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


@blp.route("/short-messages")
class DevShortMessages(MethodView):
    """The short messages that were caught."""

    @local("whoever reads it can use every code in it")
    @blp.response(200, shapes.ShortMessages)
    def get(self) -> dict[str, Any]:
        """The newest short messages and answers, the newest first."""
        return {"items": _short_box().newest()}

    @local("whoever may read it may empty it")
    @blp.response(204)
    def delete(self) -> None:
        """Throw all short messages away."""
        _short_box().clear()


@blp.route("/short-messages/answers")
class DevShortAnswers(MethodView):
    """What holders of numbers answer."""

    @local("stands for a telephone, and this machine has none")
    @blp.arguments(shapes.ShortAnswer)
    @blp.response(204)
    def post(self, sent: dict[str, Any]) -> None:
        """Answer the newest message to a number, as its holder would; it is posted to the call-back."""
        if not _short_box().answer(sent["number"], sent["text"]):
            raise NotFound
