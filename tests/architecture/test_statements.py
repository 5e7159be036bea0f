"""Hand-written SQL names the tenant for every walled table: the ORM's own criteria do not reach it."""

import ast
import re
from collections.abc import Iterator

from flask import Flask

from tests.architecture.source import Module, modules
from tests.support.statements import nameless, walled_tables

BEGINS = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\s")


def hand_written(module: Module) -> Iterator[tuple[str, int]]:
    """Every text that is a statement, with what is filled in left out."""
    inner = {
        id(part) for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in ast.walk(module.tree):
        text = None
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(p.value) if isinstance(p, ast.Constant) else "filled_in" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            text = node.value
        if text and BEGINS.match(text):
            yield text, node.lineno


def test_hand_written_statements_name_the_tenant(app: Flask) -> None:
    walled = walled_tables()
    found = [
        (f"{module.name}:{line}", tables)
        for module in modules()
        if not module.name.startswith("migrations")
        for statement, line in hand_written(module)
        if (tables := nameless(statement, walled))
    ]
    assert found == []


def test_there_is_something_to_check() -> None:
    assert sum(1 for module in modules() for _ in hand_written(module)) > 5
