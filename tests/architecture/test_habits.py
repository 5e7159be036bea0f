"""Rules of the house that a reader relies on, held by a machine."""

import ast
import subprocess

import pytest

from tests.architecture.source import ROOT, Module, called, modules

LONGEST_FILE, LONGEST_FUNCTION = 300, 40
FROZEN = {"migrations/versions/0001_tenancy_access_audit.py"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
COMMITS_IN = {"app.core.uow", "migrations.runner"}
DRIVER_IN = {"tenants.rls", "app.http.identity"}
HAND_WRITTEN = {".py", ".ts", ".vue", ".css", ".sh", ".mjs"}


def tracked() -> list[str]:
    """The files under version control; where there is none (an unpacked archive), those of the product."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return [str(module.path.relative_to(ROOT)) for module in modules()]


def where(module: Module, node: ast.expr | ast.stmt) -> str:
    return f"{module.path.relative_to(ROOT)}:{node.lineno}"


def test_no_file_is_long() -> None:
    long = {}
    for name in tracked():
        path = ROOT / name
        if path.suffix not in HAND_WRITTEN or name in FROZEN:
            continue
        lines = path.read_text().splitlines()
        if len(lines) > LONGEST_FILE and "generated" not in " ".join(lines[:3]).lower():
            long[name] = len(lines)
    assert long == {}


def test_no_function_is_long() -> None:
    long = {
        where(module, function): function.name
        for module in modules()
        for function in module.functions()
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    }
    assert long == {}


def test_no_name_says_nothing() -> None:
    python = [name for name in tracked() if name.endswith(".py")]
    assert [name for name in python if VAGUE & set(name.replace(".", "/").split("/"))] == []


def test_only_the_unit_of_work_commits() -> None:
    found = [
        where(module, call)
        for module in modules()
        for call in module.calls()
        if called(call) == "commit" and module.name not in COMMITS_IN
    ]
    assert found == []


def test_only_the_wall_touches_the_driver() -> None:
    """Whoever had the driver's connection could begin a transaction without a tenant."""
    found = [
        where(module, node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"driver_connection", "dbapi_connection"}
        and module.name not in DRIVER_IN
    ]
    assert found == []


def test_only_the_wall_says_who_is_inside() -> None:
    for module in modules():
        if module.name != "tenants.rls" and not module.name.startswith("migrations"):
            assert "app.tenant_id" not in module.text.replace("current_setting('app.tenant_id'", ""), (
                module.name
            )


def test_no_error_is_swallowed() -> None:
    """A handler that only passes hides what went wrong; `contextlib.suppress` names what may be missed."""
    found = [
        where(module, node.body[0])
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(line, ast.Pass) for line in node.body))
    ]
    assert found == []


@pytest.mark.parametrize("mark", ["TO" + "DO", "FIX" + "ME", "X" + "XX", "../" + "shared"])
def test_nothing_is_left_for_later(mark: str) -> None:
    texts = {".py", ".ts", ".vue", ".css", ".md", ".toml", ".html", ".sh", ".yml", ".yaml"}
    found = [
        name
        for name in tracked()
        if (ROOT / name).suffix in texts and mark in (ROOT / name).read_text(errors="replace")
    ]
    assert found == []


def test_no_test_is_skipped() -> None:
    marks = ("pytest.mark." + "skip", "pytest." + "skip(", "pytest.mark." + "xfail", "unittest." + "skip")
    tests = [name for name in tracked() if name.startswith("tests/") and name.endswith(".py")]
    assert [name for name in tests if any(mark in (ROOT / name).read_text() for mark in marks)] == []
