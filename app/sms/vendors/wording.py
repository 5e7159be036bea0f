"""A text as a vendor wants it: with its own marks where our variables stand."""

from collections.abc import Callable, Mapping, Sequence

from app.message_templates.parsing import Slot, pieces


def variables_of(text: str) -> list[str]:
    """The variables of a text, each as often as it stands there."""
    return [one.name for one in pieces(text) if isinstance(one, Slot)]


def marked(text: str, mark: Callable[[int], str]) -> str:
    """A text with marks; `mark` makes that of the n-th variable, counted from one."""
    count = 0
    parts: list[str] = []
    for one in pieces(text):
        if isinstance(one, Slot):
            count += 1
            parts.append(mark(count))
        else:
            parts.append(one)
    return "".join(parts)


def said(text: str, values: Mapping[str, str]) -> str | None:
    """What a text says with these values; None if one is not known."""
    known = [values.get(one.name) if isinstance(one, Slot) else one for one in pieces(text)]
    return None if None in known else "".join(one for one in known if one is not None)


def filled(variables: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """The values in the vendor's order.

    :raises KeyError: for one that is not known
    """
    return [values[name] for name in variables]
