"""Noting when a token was last used: now and then, after the answer, never in anybody's way."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from app.access.models import UserSession
from app.core import clock
from app.core.db import db
from app.core.origin import current_origin
from app.core.uow import unit_of_work

log = structlog.get_logger(__name__)

EVERY = timedelta(minutes=1)
_MOST_NOTED = 20_000
_noted: dict[UUID, datetime] = {}


def note(token_id: UUID) -> None:
    """Note that a token of the current company was used; at most once a minute in each process."""
    at = clock.now()
    before = _noted.get(token_id)
    if before is not None and at - before < EVERY:
        return
    if len(_noted) >= _MOST_NOTED:
        _noted.clear()
    _noted[token_id] = at
    try:
        with unit_of_work():
            db.session.execute(
                update(UserSession)
                .where(UserSession.id == token_id)
                .values(last_seen_at=at, ip=current_origin().ip)
                .execution_options(synchronize_session=False)
            )
    except SQLAlchemyError as error:
        # The answer has been given; the next use is noted again.
        log.warning("api_token.use_not_noted", error=type(error).__name__)
