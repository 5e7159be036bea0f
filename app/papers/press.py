"""Setting paper: a template of ours and plain data become a PDF, or a picture of its first page.

What people have written comes in as data and is never run. Templates are kept beside the code; what they
could reach is an empty directory.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import noto_cjk_sans_otc
import typst

_SHARP = 110.0
"""Dots per inch of pictures, which are looked at on screens."""
_LARGE = 16_000
"""From so many characters of data on, what a paper leaves in the press's memory is worth being rid of."""
_REMEMBERED = 11
"""So many papers later the press forgets one; it remembers all it has worked out, be it ever so much."""


def pdf(template: bytes, data: Mapping[str, Any]) -> bytes:
    """A template filled with data, as a PDF that has its fonts in it."""
    made = _set(template, data, "pdf")
    return made if isinstance(made, bytes) else made[0]


def first_page(template: bytes, data: Mapping[str, Any]) -> bytes:
    """The first page of a template filled with data, as a PNG."""
    made = _set(template, data, "png")
    return made if isinstance(made, bytes) else made[0]


def _set(template: bytes, data: Mapping[str, Any], form: Literal["pdf", "png"]) -> bytes | list[bytes]:
    given = json.dumps(data, ensure_ascii=False)
    with TemporaryDirectory() as nothing:
        try:
            return _pressed(template, given, form, nothing)
        finally:
            # Empty ones are set in a moment, and age what is remembered.
            for _ in range(_REMEMBERED if len(given) > _LARGE else 0):
                _pressed(b" ", "", "pdf", nothing)


def _pressed(template: bytes, given: str, form: Literal["pdf", "png"], nothing: str) -> bytes | list[bytes]:
    made = typst.compile(  # type: ignore[type-var]  # its hints know no mix of bytes and fonts
        template,
        root=nothing,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format=form,
        ppi=_SHARP,
        sys_inputs={"data": given},
        package_path=nothing,
        package_cache_path=nothing,
        pdf_tags=False,
    )
    if made is None:
        raise RuntimeError("Nothing was set")
    return made


@cache
def _fonts() -> typst.Fonts:
    # Reading them takes longer than setting a page; they stay as long as the process.
    where = Path(noto_cjk_sans_otc.__file__).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(where)])
