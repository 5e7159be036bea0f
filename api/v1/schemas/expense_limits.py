"""Limits on expenses on the wire."""

from api.v1.schemas.session import Ref
from app.core.money import CURRENCIES
from app.expense_limits.services import LARGEST, LONGEST_CITY, MOST_CITIES, MOST_LIMITS, MOST_ROLES
from app.expense_limits.states import Mode, Per
from app.http.fields import Choice, Id, Many, Part, Shape, Text, Whole, Yes

_ROLES = {"description": "Those in any of them; none: everybody"}
_CITIES = {"description": "None: everywhere; 上海 and 上海市 are one"}
_MINOR = {"description": "In minor units of the currency"}


class ExpenseLimitPatch(Shape):
    """What is to be changed of a limit."""

    kind_id = Id()
    role_ids = Many(Id(), max=MOST_ROLES, metadata=_ROLES)
    cities = Many(Text(min=1, max=LONGEST_CITY), max=MOST_CITIES, metadata=_CITIES)
    amount = Whole(min=1, max=LARGEST, metadata=_MINOR)
    currency = Choice(sorted(CURRENCIES))
    per = Choice(Per)
    mode = Choice(Mode)
    archived = Yes()


class ExpenseLimitIn(Shape):
    """A limit to be made."""

    kind_id = Id(required=True)
    role_ids = Many(Id(), max=MOST_ROLES, load_default=list, metadata=_ROLES)
    cities = Many(Text(min=1, max=LONGEST_CITY), max=MOST_CITIES, load_default=list, metadata=_CITIES)
    amount = Whole(required=True, min=1, max=LARGEST, metadata=_MINOR)
    currency = Choice(sorted(CURRENCIES), load_default="CNY")
    per = Choice(Per, required=True)
    mode = Choice(Mode, required=True)


class ExpenseLimitOut(Shape):
    """A limit."""

    id = Id(required=True)
    version = Whole(required=True)
    kind = Part(Ref, required=True)
    for_everybody = Yes(required=True)
    roles = Many(
        Part(Ref), required=True, metadata={"description": "Those of its roles that there still are"}
    )
    cities = Many(Text(max=LONGEST_CITY), required=True, max=MOST_CITIES)
    amount = Whole(required=True, min=1, max=LARGEST, metadata=_MINOR)
    currency = Choice(sorted(CURRENCIES), required=True)
    per = Choice(Per, required=True)
    mode = Choice(Mode, required=True)
    archived = Yes(required=True)


class ExpenseLimits(Shape):
    """All limits."""

    items = Many(Part(ExpenseLimitOut), required=True, max=MOST_LIMITS)


class LimitTrialIn(Shape):
    """An expense that is only thought of."""

    user_id = Id(required=True)
    kind_id = Id(required=True)
    city = Text(max=LONGEST_CITY, allow_none=True, load_default=None)
    amount = Whole(required=True, min=1, max=LARGEST, metadata=_MINOR)
    currency = Choice(sorted(CURRENCIES), load_default="CNY")


class LimitTrial(Shape):
    """What would become of an expense."""

    limit = Part(ExpenseLimitOut, required=True, allow_none=True, metadata={"description": "That binds it"})
    over = Whole(required=True, max=LARGEST, metadata=_MINOR)
