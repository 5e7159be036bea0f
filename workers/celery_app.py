"""Celery: a doorbell. The work is rows in PostgreSQL; a lost message only means waiting for the sweep."""

import os
from typing import Any

from celery import Celery, Task
from celery.signals import setup_logging, worker_process_init
from flask import Flask

from app.config import Settings
from app.core import logs
from app.core.db import db
from app.core.ids import new_id
from app.core.origin import Origin, origin_scope
from app.embedded.processes import die_with_parent
from tenants.context import outside_scope
from workers.schedule import SCHEDULE

TIME_LIMIT_SECONDS = 900


def create_celery(flask_app: Flask, settings: Settings) -> Celery[Any]:
    """The worker's application: every task runs inside the Flask application, with no tenant entered."""

    class GuanxiTask(Task[Any, Any]):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            origin = Origin(request_id=(self.request.id or new_id().hex)[-12:])
            with flask_app.app_context(), origin_scope(origin), outside_scope():
                return self.run(*args, **kwargs)

    celery: Celery[Any] = Celery("guanxi", task_cls=GuanxiTask)
    celery.conf.update(
        broker_url=_transport(settings.redis_url),
        broker_connection_retry_on_startup=True,
        broker_transport_options={"visibility_timeout": 3600, "unacked_restore_throttle": 1},
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
    _hang_signals(flask_app, settings)
    return celery


def _transport(redis_url: str) -> str:
    scheme, _, rest = redis_url.partition("://")
    return f"redis+socket://{rest}" if scheme == "unix" else redis_url


def _hang_signals(flask_app: Flask, settings: Settings) -> None:
    @setup_logging.connect(weak=False)
    def _logging(**_facts: Any) -> None:
        logs.configure(settings.log_level)

    @worker_process_init.connect(weak=False)
    def _fresh_process(**_facts: Any) -> None:
        if os.environ.get("GUANXI_SUPERVISED"):
            die_with_parent()
        with flask_app.app_context():
            # Connections must not be shared with the parent process.
            db.engine.dispose(close=False)
