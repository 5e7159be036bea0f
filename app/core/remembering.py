"""Remembering what functions have made of short texts, such as names."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

LONGEST = 256
"""A hostile file has cells of a hundred thousand letters: a few thousand of those would fill the memory."""

Further = ParamSpec("Further")
Made_co = TypeVar("Made_co", covariant=True)


class Remembering(Protocol[Further, Made_co]):
    """A function that keeps what it made of the texts it was last asked for; of long ones nothing."""

    cache_clear: Callable[[], None]

    def __call__(self, text: str, /, *args: Further.args, **named: Further.kwargs) -> Made_co:
        """What the function makes of a text."""


def remembered(
    most: int,
) -> Callable[[Callable[Concatenate[str, Further], Made_co]], Remembering[Further, Made_co]]:
    """Let a function of a text remember what it made of so many texts of at most `LONGEST` letters."""

    def remembering(made_of: Callable[Concatenate[str, Further], Made_co]) -> Remembering[Further, Made_co]:
        kept: Any = lru_cache(maxsize=most)(made_of)

        @wraps(made_of)
        def asked(text: str, /, *args: Further.args, **named: Further.kwargs) -> Made_co:
            made: Made_co = (kept if len(text) <= LONGEST else made_of)(text, *args, **named)
            return made

        remembers = cast("Remembering[Further, Made_co]", asked)
        remembers.cache_clear = kept.cache_clear
        return remembers

    return remembering
