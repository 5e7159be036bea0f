"""Roles and permissions on the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from app.access.permissions import Scope
from app.http.fields import Id, Many, Part, Shape, Text, Whole, Yes

_SCOPES = tuple(scope.word for scope in Scope)
_MOST = 200


class Grants(fields.Dict):
    """Permission to scope, e.g. {"customer:read": "subtree"}; what takes no scope has "all"."""

    default_error_messages = {"invalid": "not-an-object", "required": "required", "null": "null"}

    def __init__(self, **options: Any) -> None:
        super().__init__(
            keys=fields.String(),
            values=fields.String(validate=validate.OneOf(_SCOPES)),
            metadata={"description": self.__doc__, "maxProperties": _MOST},
            **options,
        )

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        if len(value) > _MOST:
            raise ValidationError(f"too-many|max={_MOST}")
        wrong = [name for name, word in value.items() if word not in _SCOPES]
        if wrong:
            choices = ", ".join(_SCOPES)
            raise ValidationError({name: [f"not-a-choice|choices={choices}"] for name in wrong})
        return value


class RoleIn(Shape):
    """A new role."""

    name = Text(required=True, min=1, max=50)
    description = Text(max=200)
    permissions = Grants(required=True)
    requires_second_factor = Yes(
        load_default=False, metadata={"description": "Whether its members must sign in with a second factor"}
    )


class RolePatch(Shape):
    """What is to be changed of a role; `permissions` replace all there were."""

    name = Text(min=1, max=50)
    description = Text(max=200)
    permissions = Grants()
    requires_second_factor = Yes()


class RoleCan(Shape):
    """What the reader may do with a role."""

    update = Yes(required=True)
    require_second_factor = Yes(required=True)
    delete = Yes(required=True)


class RoleOut(Shape):
    """A role; `code` names the built-in ones."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=50)
    code = Text(required=True, allow_none=True, max=64)
    description = Text(required=True, max=200)
    permissions = Grants(required=True)
    requires_second_factor = Yes(required=True)
    user_count = Whole(required=True)
    built_in = Yes(required=True)
    can = Part(RoleCan, required=True)


class RoleList(Shape):
    """All roles."""

    items = Many(Part(RoleOut), required=True)


class PermissionOut(Shape):
    """A permission in the reader's words."""

    code = Text(required=True, max=64)
    group = Text(required=True, max=50)
    label = Text(required=True, max=50)
    description = Text(required=True, max=200)
    scoped = Yes(required=True, metadata={"description": "Whether it takes a scope other than `all`"})


class PermissionList(Shape):
    """Every permission there is, group by group."""

    items = Many(Part(PermissionOut), required=True)
