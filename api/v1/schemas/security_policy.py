"""What a company demands of whoever enters it, on the wire."""

from app.http.fields import Shape, Whole, Yes


class SecurityPolicyPatch(Shape):
    """What is to be demanded from now on."""

    tokens_allowed = Yes(metadata={"description": "Whether programs may come in with personal tokens"})


class SecurityPolicyOut(Shape):
    """What is demanded."""

    version = Whole(required=True)
    tokens_allowed = Yes(required=True)
