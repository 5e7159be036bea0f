"""What a company demands of whoever enters it, on the wire."""

from app.access.passwords import MIN_LENGTH
from app.access.security import LONGEST_HOURS
from app.http.fields import Many, Shape, Text, Whole, Yes

LONGEST_PASSWORD, KINDS = 64, 4
SHORTEST_IDLE, LONGEST_IDLE = 15, 1440
MOST_NETWORKS = 100


class SecurityPolicyPatch(Shape):
    """What is to be demanded from now on."""

    tokens_allowed = Yes(metadata={"description": "Whether programs may come in with personal tokens"})
    password_length = Whole(min=MIN_LENGTH, max=LONGEST_PASSWORD)
    password_kinds = Whole(
        min=1, max=KINDS, metadata={"description": "Of lower case, upper case, digits and others"}
    )
    session_hours = Whole(min=1, max=LONGEST_HOURS)
    idle_minutes = Whole(min=SHORTEST_IDLE, max=LONGEST_IDLE, allow_none=True)
    networks = Many(
        Text(min=1, max=64),
        max=MOST_NETWORKS,
        metadata={"description": "From where one may come in, e.g. 203.0.113.0/24; none: from anywhere"},
    )


class SecurityPolicyOut(Shape):
    """What is demanded."""

    version = Whole(required=True)
    tokens_allowed = Yes(required=True)
    password_length = Whole(required=True)
    password_kinds = Whole(required=True)
    session_hours = Whole(required=True)
    idle_minutes = Whole(required=True, allow_none=True)
    networks = Many(Text(max=64), required=True)
    your_address = Text(
        required=True, allow_none=True, max=64, metadata={"description": "Where this request comes from"}
    )
