"""The product's own source, read as syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("app", "tenants", "api", "mobile_api", "workers", "migrations")


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        """As it is imported: app.access.entrance."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def functions(self) -> Iterator[ast.FunctionDef]:
        """Every function, methods and inner ones included."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef):
                yield node

    def calls(self) -> Iterator[ast.Call]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Every module of the product."""
    paths = [path for folder in PRODUCT for path in sorted((ROOT / folder).rglob("*.py"))]
    return tuple(Module(path) for path in [*paths, ROOT / "wsgi.py"])


def called(call: ast.Call) -> str:
    """The last part of what is called: `commit` for db.session.commit()."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def words(node: ast.AST | None) -> str | None:
    """A constant text, or the constant beginning of an f-string."""
    if isinstance(node, ast.JoinedStr) and node.values:
        return words(node.values[0])
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
