"""The words of `./run`, as far as they can be told without setting anything up."""

import os
import subprocess
from pathlib import Path

import pytest

from app.embedded.installation import ROOT


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    told = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(
        [ROOT / "run", *arguments], cwd=cwd, env=told, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["serve"], "./run does not know serve. See ./run --help"),
        (["--port", "9000", "serve"], "./run does not know serve. See ./run --help"),
        (["--port", "9000", "lint"], "./run lint does not take --port"),
        (["--data", "test", "test"], "./run test does not take --data"),
        (["--no-demo", "cli", "dsn"], "./run cli does not take --no-demo"),
    ],
)
def test_says_in_one_line_what_it_does_not_understand(arguments: list[str], complaint: str):
    refused = run(*arguments)

    assert (refused.returncode, refused.stdout, refused.stderr) == (2, "", complaint + "\n")


def test_helps_in_both_languages():
    assert run("--help").stdout.startswith("Usage:\n  ./run [--host 127.0.0.1] [--port 8000]")
    assert run("--help", LC_ALL="zh_CN.UTF-8").stdout.startswith("用法：\n  ./run [--host 127.0.0.1]")


@pytest.mark.parametrize("form", [["--data", "here", "cli", "dsn"], ["cli", "dsn", "--data", "here"]])
def test_an_option_may_stand_before_or_after_its_word(tmp_path: Path, form: list[str]):
    refused = run(*form, cwd=tmp_path)

    place = tmp_path / "here"
    assert refused.returncode == 1
    assert refused.stderr == f"Error: nothing is running on {place}: start it with ./run --data {place}\n"


def test_the_ci_runs_the_linters_and_the_tests_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert [line for line in lines if line.startswith("./run")] == ["./run lint", "./run test"]
