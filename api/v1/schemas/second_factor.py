"""The second factor on the wire."""

from app.http.fields import Instant, Many, Secret, Shape, Text, Whole, Yes


class SecondFactorStanding(Shape):
    """How it is with one's second factor."""

    enabled_at = Instant(required=True, allow_none=True)
    recovery_codes_left = Whole(required=True)
    required = Yes(required=True, metadata={"description": "Whether a role demands it"})


class PasswordOnly(Shape):
    """One's password."""

    password = Secret(required=True)


class CodeOnly(Shape):
    """A code of the authenticator."""

    code = Text(required=True, min=1, max=40)


class PasswordAndCode(Shape):
    """One's password, and a code of the authenticator or a recovery code."""

    password = Secret(required=True)
    code = Text(required=True, min=1, max=40)


class SecondFactorBegun(Shape):
    """What an authenticator needs; shown only now."""

    secret = Text(required=True, max=64)
    address = Text(required=True, max=500, metadata={"description": "otpauth://"})
    qr_code = Text(required=True, max=20000, metadata={"description": "An image, as a data: address"})


class RecoveryCodes(Shape):
    """Codes that are each good for one sign-in; shown only now."""

    items = Many(Text(required=True, max=40), required=True)


class SecondFactorResetConfirmation(Shape):
    """The token from the mail and the password."""

    token = Secret(required=True)
    password = Secret(required=True)
