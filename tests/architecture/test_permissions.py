"""Permissions are in order, and every built-in role stands on them."""

import pytest

from app.access import permission_words
from app.access.builtin import ADMINISTRATOR, BUILT_IN
from app.access.permissions import Permission, Scope
from app.core.messages import LOCALES
from tests.architecture.source import modules


def test_permissions_are_alphabetical() -> None:
    assert [p.value for p in Permission] == sorted(p.value for p in Permission)
    assert [p.name for p in Permission] == [
        p.value.replace(":", "_").replace("-", "_").upper() for p in Permission
    ]


def test_the_administrator_may_do_everything() -> None:
    roles = {role.code: role for role in BUILT_IN}
    assert roles[ADMINISTRATOR].permissions == dict.fromkeys(Permission, Scope.ALL)


def test_what_has_no_scope_is_simply_granted() -> None:
    for role in BUILT_IN:
        for permission, scope in role.permissions.items():
            assert permission.scoped or scope is Scope.ALL, (role.code, permission)


def test_built_in_roles_are_named_in_both_languages() -> None:
    for role in BUILT_IN:
        assert all([role.name_zh, role.name_en, role.description_zh, role.description_en])


@pytest.mark.parametrize("locale", LOCALES)
def test_every_permission_has_its_words(locale: str) -> None:
    """Each is called and explained in both languages, and no two are called the same."""
    labels = [permission_words.label(p, locale) for p in Permission]
    assert len(set(labels)) == len(labels)
    for permission in Permission:
        assert permission_words.group(permission, locale)
        assert permission_words.description(permission, locale)
    assert len({permission_words.place(p) for p in Permission}) == len(list(Permission))


def test_every_permission_opens_something() -> None:
    declared = {"app.access.permissions", "app.access.builtin", "app.access.permission_words"}
    text = "\n".join(module.text for module in modules() if module.name not in declared)
    assert [p.name for p in Permission if f".{p.name}" not in text] == []
