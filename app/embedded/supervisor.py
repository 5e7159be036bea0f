"""One process that starts all the others, keeps them alive and takes them down with it."""

import http.client
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from types import FrameType

from app import config
from app.embedded import processes, programs, setup, web_build
from app.embedded.console import refuse, say, step
from app.embedded.installation import DirectoryInUse, Installation
from app.embedded.postgres import BACKUP, OWNER, EmbeddedPostgres, PostgresError
from app.embedded.programs import Options, Servers
from app.embedded.services import Program, Service, Watch
from app.embedded.valkey import EmbeddedValkey, ValkeyError

LOOK_SECONDS = 0.25
READY_SECONDS = 60.0
PORT_SECONDS = 2.0
RESTART_SECONDS = 20.0

_NAMES = {
    "postgres": "数据库",
    "valkey": "消息队列",
    "mail": "本地邮箱",
    "sms": "本地短信",
    "web": "网站",
    "worker": "后台任务",
    "scheduler": "定时任务",
}
_FAILURES = (
    PostgresError,
    ValkeyError,
    web_build.WebBuildError,
    config.SettingsError,
    setup.StepFailed,
    OSError,
)


class Stopped(Exception):
    """The user, or the system, asked for the end."""


def supervise(options: Options) -> int:
    """Run the whole installation until told to stop; returns the exit code."""
    installation = Installation(options.data)
    try:
        installation.hold()
    except DirectoryInUse as busy:
        refuse(
            f"{busy.data} 正由另一个 ./run 使用（进程 {busy.pid}）",
            f"{busy.data} is in use by another ./run (process {busy.pid})",
        )
        return 1
    except OSError as error:
        refuse(f"不能使用 {options.data}：{error.strerror}", f"Cannot use {options.data}: {error.strerror}")
        return 1
    try:
        return _run(Supervisor(installation, options))
    finally:
        installation.release()


def _run(supervisor: "Supervisor") -> int:
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if ending is not signal.SIGHUP or signal.getsignal(ending) is not signal.SIG_IGN:
            signal.signal(ending, _stop_now)
    try:
        supervisor.start()
        supervisor.watch()
    except Stopped:
        return 0
    except _FAILURES as error:
        refuse(str(error), str(error))
        return 1
    finally:
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.SIG_IGN)
        supervisor.stop()
    return 0


def _stop_now(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


class Supervisor:
    """The children of one installation."""

    def __init__(self, installation: Installation, options: Options) -> None:
        self._installation = installation
        self._options = options
        self._watches: list[Watch] = []

    def start(self) -> None:
        """Bring everything up, in order.

        :raises PostgresError, ValkeyError, WebBuildError, SettingsError, StepFailed: with the reason
        """
        self._check_settings()
        self._check_port()
        web_build.ensure_build()
        dsn = self._start_database()
        servers = Servers(
            database_url=dsn["app"],
            redis_url=self._start_broker(),
            smtp_port=self._start_mail(),
            sms_port=self._start_sms(),
        )
        env = programs.environment(self._installation, self._options, servers)
        setup.migrate(self._installation, env, dsn.get("owner"))
        self._add("web", programs.web(self._installation, self._options, env))
        if self._options.demo:
            setup.seed(self._installation, env, dsn.get("owner"))
        # The pages first: five processes that load at the same time are all slow.
        self._await_web()
        self._add("worker", programs.worker(self._installation, env))
        self._add("scheduler", programs.scheduler(self._installation, env))
        self._installation.publish(
            {"pid": os.getpid(), "url": self._options.url, "environment": setup.portable(env), "dsn": dsn}
        )
        setup.greet(self._installation, self._options)

    def watch(self) -> None:
        """Start again whatever dies, for ever."""
        while True:
            time.sleep(LOOK_SECONDS)
            for watch in self._watches:
                if watch.has_died():
                    self._announce_death(watch)
                elif watch.is_due():
                    self._restart(watch)

    def stop(self) -> None:
        """End the programs side by side, then the servers they use."""
        running = [watch.service for watch in self._watches]
        if not running:
            return
        with step("正在停止", "Stopping"):
            for service in running:
                if isinstance(service, Program):
                    service.ask_to_stop()
            for service in reversed(running):
                service.stop()
            self._watches.clear()

    def _check_settings(self) -> None:
        """Name a wrong setting before anything starts; the servers' addresses stand in for those to come."""
        servers = Servers(
            database_url=os.environ.get("DATABASE_URL") or "postgresql://127.0.0.1/guanxi",
            redis_url=os.environ.get("REDIS_URL") or "redis://127.0.0.1",
            smtp_port=25,
            sms_port=80,
        )
        config.from_environment(programs.environment(self._installation, self._options, servers))

    def _check_port(self) -> None:
        # The web server of a supervisor that was just killed needs a moment to let go.
        deadline = time.monotonic() + PORT_SECONDS
        while error := self._port_fault():
            if time.monotonic() > deadline:
                raise setup.StepFailed.of_port(self._options, error)
            time.sleep(0.1)

    def _port_fault(self) -> OSError | None:
        family = socket.AF_INET6 if ":" in self._options.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self._options.host, self._options.port))
            except OSError as error:
                return error
        return None

    def _start_database(self) -> dict[str, str]:
        if url := os.environ.get("DATABASE_URL"):
            setup.reach_database("DATABASE_URL", url)
            owner = os.environ.get("DATABASE_OWNER_URL")
            if owner:
                setup.reach_database("DATABASE_OWNER_URL", owner)
            return {"app": url, **({"owner": owner} if owner else {})}
        server = EmbeddedPostgres(self._installation.data)
        with step("正在准备数据库", "Preparing the database"):
            self._add("postgres", server)
            server.ensure_roles()
            server.ensure_database()
        return {"app": server.dsn(), "owner": server.dsn(OWNER), "backup": server.dsn(BACKUP)}

    def _start_broker(self) -> str:
        if url := os.environ.get("REDIS_URL"):
            setup.reach_broker(url)
            return url
        server = EmbeddedValkey(self._installation.data)
        with step("正在启动消息队列", "Starting the message broker"):
            self._add("valkey", server)
        return server.url

    def _start_mail(self) -> int:
        port = processes.free_port()
        if "GUANXI_SMTP_HOST" not in os.environ:
            self._add("mail", programs.mail(self._installation, port))
        return port

    def _start_sms(self) -> int:
        port = processes.free_port()
        if "GUANXI_SMS_TENCENT_ENDPOINT" not in os.environ:
            self._add("sms", programs.sms(self._installation, self._options, port))
        return port

    def _add(self, name: str, service: Service) -> None:
        # Known before it is started, so that an interrupted start is stopped as well.
        self._watches.append(Watch(name, service))
        service.start()

    def _await_web(self) -> None:
        web = next(watch.service for watch in self._watches if watch.name == "web")
        deadline = time.monotonic() + READY_SECONDS
        with step("正在启动网站", "Starting the web server"):
            while not self._web_answers():
                ended = web.process is None or web.process.poll() is not None
                if ended or time.monotonic() > deadline:
                    raise setup.StepFailed(self._installation.log_tail("web"))
                time.sleep(0.05)

    def _web_answers(self) -> bool:
        host = self._options.url.removeprefix("http://").rpartition(":")[0].strip("[]")
        connection = http.client.HTTPConnection(host, self._options.port, timeout=5)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        return False

    def _announce_death(self, watch: Watch) -> None:
        log = self._installation.logs / f"{watch.name}.log"
        say(
            f"{_NAMES[watch.name]}意外结束，{watch.pause:g} 秒后重新启动。日志：{log}",
            f"{watch.name} ended unexpectedly and starts again in {watch.pause:g} s. Log: {log}",
        )

    def _restart(self, watch: Watch) -> None:
        try:
            watch.restart(RESTART_SECONDS)
        except (PostgresError, ValkeyError, OSError, subprocess.SubprocessError) as error:
            say(
                f"{_NAMES[watch.name]}没有启动成功，{watch.pause:g} 秒后再试：{error}",
                f"{watch.name} did not start; next try in {watch.pause:g} s: {error}",
            )
