"""`./run` without a word: `python -m app.embedded [--host HOST] [--port PORT] [--data DIR] [--no-demo]`."""

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from app.embedded.console import refuse
from app.embedded.installation import ROOT
from app.embedded.programs import Options
from app.embedded.supervisor import supervise

WRONG_USE = 2


class _Parser(argparse.ArgumentParser):
    """Complains in one line."""

    def error(self, message: str) -> NoReturn:
        refuse(f"./run：{message}。用 ./run --help 看用法", f"./run: {message}. See ./run --help")
        sys.exit(WRONG_USE)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return int(text)


def parse(arguments: list[str]) -> Options:
    """Read the options of `./run`; ends the process with one line when they are wrong."""
    parser = _Parser(prog="./run", allow_abbrev=False)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=8000)
    parser.add_argument("--data", type=Path, default=ROOT / "var")
    parser.add_argument("--no-demo", action="store_true")
    given = parser.parse_args(arguments)
    return Options(host=given.host, port=given.port, data=given.data.resolve(), demo=not given.no_demo)


if __name__ == "__main__":
    sys.exit(supervise(parse(sys.argv[1:])))
