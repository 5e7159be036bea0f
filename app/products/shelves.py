"""Categories as files name them: by a name that only one has, or by the path to it."""

import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import DomainError, FieldProblem, Invalid, invalid
from app.core.search import fold
from app.products import categories
from app.products.categories import DEEPEST, LONGEST_NAME
from app.products.models import ProductCategory

_APART = re.compile(r"[/／>＞›»\\|｜]+")


class Shelves:
    """The categories there are."""

    def __init__(self) -> None:
        self._below: dict[tuple[UUID | None, str], UUID] = {}
        self._called: dict[str, list[UUID]] = {}
        rows = db.session.execute(select(ProductCategory.id, ProductCategory.parent_id, ProductCategory.name))
        for row in rows:
            self._take(row.id, row.parent_id, row.name)

    def _take(self, category_id: UUID, parent_id: UUID | None, name: str) -> None:
        self._below[parent_id, fold(name)] = category_id
        self._called.setdefault(fold(name), []).append(category_id)

    def find(self, text: str) -> UUID | None:
        """The category that a text names; None if there is none yet.

        :raises Invalid: when it could be several, or no category could be called so
        """
        whole = self._called.get(fold(text), [])
        if len(whole) == 1:
            return whole[0]
        at: UUID | None = None
        path = _path(text)
        for name in path:
            at = self._below.get((at, fold(name)))
            if at is None:
                break
        if at is None and whole and len(path) == 1:
            raise invalid("category", "ambiguous-category", count=len(whole))
        return at

    def make(self, actor: Actor, text: str) -> UUID:
        """The category that a text names, made with those above it as far as there are none yet.

        :raises Invalid: when it could be several, or cannot be made
        """
        at = self.find(text)
        if at is not None:
            return at
        for name in _path(text):
            below = self._below.get((at, fold(name)))
            if below is None:
                below = _made(actor, name, at)
                self._take(below, at, name)
            at = below
        if at is None:
            raise invalid("category", "required")
        return at


def _made(actor: Actor, name: str, parent_id: UUID | None) -> UUID:
    try:
        return categories.create(actor, name=name, parent_id=parent_id).id
    except Invalid as fault:
        raise Invalid(*(FieldProblem("category", one.code, one.facts) for one in fault.problems)) from fault
    except DomainError as refusal:
        raise invalid("category", refusal.code) from refusal


def _path(text: str) -> Sequence[str]:
    names = [name for part in _APART.split(text) if (name := part.strip())]
    if not names or not all(map(fold, names)):
        raise invalid("category", "bad-character")
    if len(names) > DEEPEST:
        raise invalid("category", "category-too-deep", max=DEEPEST)
    if any(len(name) > LONGEST_NAME for name in names):
        raise invalid("category", "too-long", max=LONGEST_NAME)
    return names
