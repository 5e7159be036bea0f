"""The browser's and integrations' door: one file per resource."""

from typing import Any

from api.v1 import session

BLUEPRINTS: list[Any] = [session.blp]
