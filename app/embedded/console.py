"""What the terminal shows: short lines in the reader's language."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


def speaks_chinese(env: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal asks for Chinese, as LC_ALL, LC_MESSAGES and LANG say in this order."""
    chosen = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return chosen.lower().startswith("zh")


def say(chinese: str, english: str) -> None:
    """Print one line."""
    print(_chosen(chinese, english), flush=True)


def refuse(chinese: str, english: str) -> None:
    """Print one line about something that cannot be done."""
    print(_chosen(chinese, english), file=sys.stderr, flush=True)


@contextmanager
def step(chinese: str, english: str) -> Iterator[None]:
    """Show that a step is under way, and then how long it took."""
    print(f"{_chosen(chinese, english)} … ", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    seconds = time.monotonic() - began
    print(_chosen(f"{seconds:.1f} 秒", f"{seconds:.1f} s"), flush=True)


def _chosen(chinese: str, english: str) -> str:
    return chinese if speaks_chinese() else english
