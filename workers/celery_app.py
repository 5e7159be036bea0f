"""Celery: a doorbell. The work is rows in PostgreSQL; a lost message only means waiting for the sweep."""

import logging
import os
from typing import Any

import structlog
from celery import Celery, Task
from celery.signals import beat_init, setup_logging, worker_process_init
from flask import Flask

from app.config import Settings
from app.core import doorbell, logs
from app.core.db import db
from app.core.ids import new_id
from app.core.origin import Origin, origin_scope
from app.embedded.processes import die_with_parent
from app.messaging import channels
from tenants.context import outside_scope
from workers import bells
from workers.schedule import SCHEDULE

log = structlog.get_logger(__name__)

TIME_LIMIT_SECONDS = 900
BROKER_PATIENCE_SECONDS = {"socket_connect_timeout": 2, "socket_timeout": 15}
_TRANSPORT = {"visibility_timeout": 3600, "unacked_restore_throttle": 1, **BROKER_PATIENCE_SECONDS}


def create_celery(flask_app: Flask, settings: Settings) -> Celery[Any]:
    """The worker's application: every task runs inside the Flask application, with no tenant entered."""

    class GuanxiTask(Task[Any, Any]):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            origin = Origin(request_id=(self.request.id or new_id().hex)[-12:])
            with flask_app.app_context(), origin_scope(origin), outside_scope():
                bells.heard(self.name, kwargs)
                return self.run(*args, **kwargs)

        def on_failure(self, exc: BaseException, *_args: Any) -> None:
            log.error("task.failed", task=self.name, **logs.described(exc))

    celery: Celery[Any] = Celery("guanxi", task_cls=GuanxiTask)
    celery.conf.update(
        broker_url=_transport(settings.redis_url),
        broker_connection_retry_on_startup=True,
        broker_transport_options=_TRANSPORT,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_ignore_result=True,
        task_time_limit=TIME_LIMIT_SECONDS,
        task_serializer="json",
        accept_content=["json"],
        worker_hijack_root_logger=False,
        task_default_queue="default",
        timezone="UTC",
        beat_schedule=SCHEDULE,
        beat_schedule_filename=str(settings.data_dir / "scheduler"),
    )
    celery.autodiscover_tasks(["workers"], related_name="tasks", force=True)
    celery.set_default()
    channels.configure(settings)
    doorbell.hang(bells.ringer(celery))
    _hang_signals(celery, flask_app, settings)
    return celery


def _transport(redis_url: str) -> str:
    scheme, _, rest = redis_url.partition("://")
    return f"redis+socket://{rest.replace('db=', 'virtual_host=')}" if scheme == "unix" else redis_url


def _hang_signals(celery: Celery, flask_app: Flask, settings: Settings) -> None:
    @setup_logging.connect(weak=False)
    def _logging(**_facts: Any) -> None:
        logs.configure(settings.log_level)
        # It would write the error's message, which may carry a row; `on_failure` says the rest.
        logging.getLogger("celery.app.trace").setLevel(logging.CRITICAL)
        # They would tell of every task that is sent and heard, many times a minute.
        for talkative in ("celery.beat", "celery.worker.strategy"):
            logging.getLogger(talkative).setLevel(logging.WARNING)

    @worker_process_init.connect(weak=False)
    def _fresh_process(**_facts: Any) -> None:
        if os.environ.get("GUANXI_SUPERVISED"):
            die_with_parent()
        with flask_app.app_context():
            # Connections must not be shared with the parent process.
            db.engine.dispose(close=False)

    @beat_init.connect(weak=False)
    def _begin_at_once(**_facts: Any) -> None:
        # A new timetable would first wait for each interval to pass.
        for entry in SCHEDULE.values():
            celery.send_task(entry["task"], **entry.get("options", {}))
