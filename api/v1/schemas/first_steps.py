"""The first steps on the wire."""

from app.http.fields import Choice, Many, Part, Shape, Yes
from app.insights.first_steps import STEPS


class FirstStep(Shape):
    """Something worth doing in the first days."""

    word = Choice(tuple(step.word for step in STEPS), required=True)
    done = Yes(required=True)


class FirstSteps(Shape):
    """What the reader is offered, in order."""

    hidden = Yes(required=True, metadata={"description": "Whether the reader put the list away"})
    steps = Many(Part(FirstStep), required=True)
