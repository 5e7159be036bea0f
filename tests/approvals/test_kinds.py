"""Kinds of subject register themselves: no file of the engine knows of one."""

import ast
from pathlib import Path

from app.flows import approval_kinds

ENGINE = Path(approval_kinds.__file__).parents[1] / "approvals"


def test_no_file_of_the_engine_names_a_kind_or_leans_on_one() -> None:
    kinds = set(approval_kinds.__all__)
    words = {"customer-transfer", "quote", "form"}
    for path in ENGINE.rglob("*.py"):
        tree = ast.parse(path.read_text())
        imported = {
            name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom | ast.Import)
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            )
        }
        assert not {name for name in imported if name.split(".")[1:2] and name.split(".")[1] in kinds}, path
        said = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not said & words, path
