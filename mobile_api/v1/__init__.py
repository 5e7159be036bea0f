"""The phone's door: one request for a screen, lean cards, the same rules as anywhere."""

from typing import Any

from mobile_api.v1 import approvals, inbox, quotes

BLUEPRINTS: list[Any] = [approvals.blp, inbox.blp, quotes.blp]
