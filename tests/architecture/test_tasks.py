"""Tasks are short shells, and whatever is rung for has somebody who listens."""

import ast
import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.embedded.installation import Installation
from app.embedded.programs import worker
from tests.architecture.source import called, modules, words
from workers.schedule import SCHEDULE

LONGEST_TASK = 15


@pytest.fixture
def tasks(app: Flask) -> dict[str, Any]:
    """The product's tasks by name."""
    import wsgi

    wsgi.celery.finalize()
    return {
        name: task for name, task in wsgi.celery.tasks.items() if not name.startswith(("celery.", "probe."))
    }


def shell(task: Any) -> Callable[..., None]:
    function: Callable[..., None] = inspect.unwrap(task.run)
    return function


def test_tasks_are_short_shells(tasks: dict[str, Any]) -> None:
    for name, task in tasks.items():
        tree = ast.parse(inspect.getsource(shell(task))).body[0]
        assert isinstance(tree, ast.FunctionDef)
        assert ast.get_docstring(tree), name
        lines = (tree.end_lineno or 0) - tree.body[0].lineno
        assert lines <= LONGEST_TASK, f"{name}: {lines} lines"


def test_tasks_take_keywords_and_are_named_after_their_file(tasks: dict[str, Any]) -> None:
    for name, task in tasks.items():
        function = shell(task)
        assert name == f"{function.__module__.removeprefix('workers.tasks.')}.{function.__name__}"
        kinds = {p.kind for p in inspect.signature(function).parameters.values()}
        assert kinds <= {inspect.Parameter.KEYWORD_ONLY}, name


def test_whoever_is_rung_for_exists(tasks: dict[str, Any]) -> None:
    assert {entry["task"] for entry in SCHEDULE.values()} <= set(tasks)
    rung = {
        words(call.args[0]) or constant(module.name, call.args[0])
        for module in modules()
        for call in module.calls()
        if called(call) == "ring_after_commit"
    }
    assert rung <= set(tasks)


def constant(module: str, node: ast.expr) -> object:
    """The value of a name in a module."""
    return getattr(importlib.import_module(module), ast.unparse(node))


def test_every_queue_is_consumed(tasks: dict[str, Any], tmp_path: Path) -> None:
    import wsgi

    default = wsgi.celery.conf.task_default_queue
    command = list(worker(Installation(tmp_path), {})._command)
    consumed = command[command.index("--queues") + 1].split(",") if "--queues" in command else [default]
    used = {default, *(entry.get("options", {}).get("queue", default) for entry in SCHEDULE.values())}
    used |= {task.queue for task in tasks.values() if getattr(task, "queue", None)}
    routes = wsgi.celery.conf.task_routes or {}
    used |= {route["queue"] for route in routes.values()}
    assert used == set(consumed)
