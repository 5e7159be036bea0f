"""How a child process is born (never as root where that is refused) and how it dies (with its parent).

The kernel's death signal reaches direct children only, and fires when the *thread* that forked ends:
so children are started from the main thread, and pool children ask for the signal themselves.
"""

import contextlib
import ctypes
import functools
import os
import pwd
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Literal

SUPERVISED = "GUANXI_SUPERVISED"
SUPERVISOR_PID = "GUANXI_SUPERVISOR_PID"

Demotion = Literal["none", "namespace", "nobody"]

_LINUX = sys.platform == "linux"
_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAP_DAC_OVERRIDE = 1
_CAPABILITY_VERSION_3 = 0x20080522
_CLONE_NEWUSER = 0x10000000
_NOBODY = 65534


def free_port() -> int:
    """A TCP port on the loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def spawn(  # noqa: PLR0913  (all but the first by name, as Popen has them)
    args: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    log: IO[bytes] | int,
    demote: bool = False,
    death_signal: signal.Signals = signal.SIGKILL,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in its own process group that dies with this process; call it from the main thread."""
    return subprocess.Popen(
        [str(arg) for arg in args],
        env=dict(env),
        cwd=cwd,
        stdin=stdin,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_birth(os.getpid(), death_signal, demotion() if demote else "none"),  # noqa: PLW1509
    )


def stop(process: subprocess.Popen[bytes], how: signal.Signals, *, patience: float) -> None:
    """Ask a child to end, wait for it, and kill what is left of its process group."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    clear_group(process)


def clear_group(process: subprocess.Popen[bytes]) -> None:
    """Kill whatever still lives in a child's process group, such as the pool of a dead worker."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def die_with_parent() -> None:
    """End this pool child together with its parent; does nothing outside the supervisor."""
    if os.environ.get(SUPERVISED) != "1":
        return
    _set_death_signal(signal.SIGKILL)
    # The parent may have died before the signal was asked for. If the supervisor still lives it clears
    # the group itself; if it does not, nobody is left to do so.
    with contextlib.suppress(PermissionError):
        try:
            os.kill(int(os.environ[SUPERVISOR_PID]), 0)
        except ProcessLookupError:
            os._exit(0)


@functools.cache
def demotion() -> Demotion:
    """How a child stops being root here: not at all, in a user namespace, or as nobody."""
    if os.geteuid() != 0:
        return "none"
    if not _LINUX:
        return "nobody"
    probe = os.fork()
    if probe == 0:
        try:
            _enter_namespace()
        except OSError:
            os._exit(1)
        os._exit(0)
    return "namespace" if os.waitpid(probe, 0)[1] == 0 else "nobody"


def give_to_demoted(path: Path) -> None:
    """Make a directory tree belong to whoever a demoted child will be."""
    if os.geteuid() != 0:
        return
    uid, gid = _nobody() if demotion() == "nobody" else (0, 0)
    if path.stat().st_uid == uid:
        return
    for entry in [path, *path.rglob("*")]:
        os.chown(entry, uid, gid, follow_symlinks=False)


def _birth(parent: int, death_signal: signal.Signals, how: Demotion) -> Callable[[], None]:
    """What the child does between fork and exec."""

    def prepare() -> None:
        if how == "namespace":
            _enter_namespace()
        elif how == "nobody":
            _become_nobody()
        # After the change of identity, which would clear it.
        _set_death_signal(death_signal)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def _set_death_signal(death_signal: signal.Signals) -> None:
    if _LINUX:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)


def _enter_namespace() -> None:
    """Be nobody in a user namespace of our own: the files stay root's, the rights are gone at exec."""
    if _LIBC.unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{_NOBODY} 0 1")
    Path("/proc/self/gid_map").write_text(f"{_NOBODY} 0 1")


def _nobody() -> tuple[int, int]:
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return _NOBODY, _NOBODY
    return entry.pw_uid, entry.pw_gid


def _become_nobody() -> None:
    """Give up root, but keep reaching files below directories that only root may enter (a /root checkout)."""
    uid, gid = _nobody()
    if _LINUX:
        _LIBC.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if _LINUX:
        rights = 1 << _CAP_DAC_OVERRIDE
        header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
        # Where the container withholds the right, only files open to everyone can be used.
        if _LIBC.capset(header, (ctypes.c_uint32 * 6)(rights, rights, rights, 0, 0, 0)) == 0:
            _LIBC.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_OVERRIDE, 0, 0)
