"""The browser's and integrations' door: one file per resource."""

from typing import Any

from api.v1 import dev_mailbox, notifications, session

BLUEPRINTS: list[Any] = [notifications.blp, session.blp]
DEVELOPMENT_BLUEPRINTS: list[Any] = [dev_mailbox.blp]
