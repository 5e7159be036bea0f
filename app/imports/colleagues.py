"""Finding colleagues by what a file calls them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import Text, any_, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.access.models import User, UserState
from app.core.db import db


def by_word(words: Iterable[str]) -> Mapping[str, list[UUID]]:
    """The active colleagues whose name or sign-in name each word is, with one statement."""
    forms = {word: _forms(word) for word in words}
    asked = {form for several in forms.values() for form in several}
    if not asked:
        return {}
    found: dict[str, list[UUID]] = defaultdict(list)
    # As one value: a column taken for the owners by mistake may hold more words than a statement parameters.
    one_of = any_(literal(sorted(asked), ARRAY(Text)))
    rows = db.session.execute(
        select(User.id, User.name, User.login)
        .where(User.state == UserState.ACTIVE, or_(User.name == one_of, User.login == one_of))
        .order_by(User.id)
    )
    for user_id, name, login in rows:
        for form in {name, login}:
            found[form].append(user_id)
    return {
        word: list(dict.fromkeys(user_id for form in several for user_id in found.get(form, ())))
        for word, several in forms.items()
    }


def _forms(word: str) -> set[str]:
    forms = {word, word.lower()}
    mobile = re.fullmatch(r"(?:\+?86)?(1[3-9]\d{9})", re.sub(r"[\s-]", "", word))
    return {*forms, f"+86{mobile[1]}"} if mobile else forms


def active(user_ids: Iterable[UUID]) -> set[str]:
    """Those of some ids, as text, that are active colleagues."""
    found = db.session.scalars(
        select(User.id).where(User.id.in_(set(user_ids)), User.state == UserState.ACTIVE)
    )
    return {str(user_id) for user_id in found}
