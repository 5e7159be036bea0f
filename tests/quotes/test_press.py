"""The press forgets what large papers have left in its memory."""

import psutil

from app.papers import press

_TEMPLATE = b"#let data = json(bytes(sys.inputs.data))\n#table(columns: 3, ..data.cells)"
_MEGABYTE = 2**20


def test_many_large_papers_need_no_more_memory_than_a_few() -> None:
    held = psutil.Process().memory_info
    sizes = []
    for paper in range(9):
        press.pdf(_TEMPLATE, {"cells": [f"第 {paper} 份第 {cell} 格" for cell in range(1_200)]})
        sizes.append(held().rss)
    assert (sizes[-1] - sizes[1]) / _MEGABYTE < 40
