"""What every screen of the phone is told of people and money."""

from app.core.money import MOST
from app.http.fields import Id, Shape, Text, Whole


class PhoneRef(Shape):
    """Somebody or something by name."""

    id = Id(required=True)
    name = Text(required=True, max=300)


class PhoneMoney(Shape):
    """An amount in minor units."""

    amount = Whole(required=True, min=-MOST, max=MOST)
    currency = Text(required=True, max=3)
