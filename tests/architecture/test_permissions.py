"""Permissions are in order, and every built-in role stands on them."""

from app.access.builtin import ADMINISTRATOR, BUILT_IN
from app.access.permissions import Permission, Scope


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
