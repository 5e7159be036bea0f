"""JSON logs on standard error: request, tenant and user ids, and no personal data."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

from app.core.origin import current_origin

FORBIDDEN_KEYS = {
    "password", "token", "authorization", "cookie", "email", "phone", "login", "name", "body",
    "refresh_token", "access_token", "secret",
}  # fmt: skip


def configure(level: str) -> None:
    """Send everything that is logged through one JSON renderer."""
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_request,
        _without_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(serializer=_dumps)],
        # Our own lines need none of what the standard library's logging does for others.
        logger_factory=lambda *_names: _Lines(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_dumps),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)


class _Lines:
    """Writes each line whole; standard error is looked up anew, because tests and daemons replace it."""

    def msg(self, line: str) -> None:
        """Write one line, whatever its level."""
        sys.stderr.write(f"{line}\n")

    debug = info = warning = warn = error = critical = exception = fatal = failure = log = msg


def _dumps(value: Any, **_options: Any) -> str:
    return orjson.dumps(value, default=str).decode()


def _with_request(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    event.setdefault("request_id", current_origin().request_id)
    return event


def _without_personal_data(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key in FORBIDDEN_KEYS & event.keys():
        event[key] = "…"
    return event


def described(error: BaseException) -> dict[str, Any]:
    """An error for the log: its kind and where it arose. Its message may carry a row, and is left out."""
    lines, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return {"error": type(error).__name__, "where": lines[-12:]}
