"""Kinds of expense on the wire."""

from app.expense_kinds.services import LAST, LONGEST_NAME, MOST
from app.http.fields import Id, Many, Part, Shape, Text, Whole, Yes


class ExpenseKindPatch(Shape):
    """What is to be changed of a kind of expense."""

    name = Text(min=1, max=LONGEST_NAME)
    needs_receipt = Yes()
    needs_customer = Yes()
    archived = Yes()
    position = Whole(max=LAST)


class ExpenseKindIn(Shape):
    """A kind of expense to be made."""

    name = Text(required=True, min=1, max=LONGEST_NAME)
    needs_receipt = Yes(load_default=True)
    needs_customer = Yes(load_default=False)


class ExpenseKindOut(Shape):
    """A kind of expense."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST_NAME)
    needs_receipt = Yes(required=True)
    needs_customer = Yes(required=True)
    archived = Yes(required=True)
    position = Whole(required=True, max=LAST)


class ExpenseKinds(Shape):
    """All kinds of expense, in their order."""

    items = Many(Part(ExpenseKindOut), required=True, max=MOST)
