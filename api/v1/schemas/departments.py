"""Departments on the wire."""

from api.v1.schemas.session import Ref
from app.http.fields import Id, Many, Part, Shape, Text, Whole


class DepartmentIn(Shape):
    """A new department; without a parent it stands right below the company."""

    name = Text(required=True, min=1, max=100)
    parent_id = Id(allow_none=True)
    head_ids = Many(Id(), max=20)
    sort_order = Whole(max=1_000_000)


class DepartmentPatch(Shape):
    """What is to be changed of a department."""

    name = Text(min=1, max=100)
    parent_id = Id(allow_none=True)
    head_ids = Many(Id(), max=20)
    sort_order = Whole(max=1_000_000)


class DepartmentOut(Shape):
    """A department; the tree is what `parent_id` says."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=100)
    parent_id = Id(required=True, allow_none=True)
    heads = Many(Part(Ref), required=True)
    user_count = Whole(required=True, metadata={"description": "Active colleagues in it, not below it"})
    sort_order = Whole(required=True)


class DepartmentTree(Shape):
    """All departments, siblings in their order."""

    items = Many(Part(DepartmentOut), required=True)
