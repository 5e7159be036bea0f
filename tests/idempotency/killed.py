"""A process that sends one request to the application inside it, and dies before the answer can leave.

    python killed.py before|after <method> <url> <body> <headers>

`after`: once the transaction has committed. `before`: when the work is done, but not committed.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import wsgi
from app.http import flask_app


def dying(function: Callable[..., Any]) -> Callable[..., Any]:
    def die(*arguments: Any) -> Any:
        if MOMENT == "before":
            function(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    return die


MOMENT, method, url, body, headers = sys.argv[1:]
if MOMENT == "before":
    flask_app.GuanxiFlask._response = dying(flask_app.GuanxiFlask._response)  # type: ignore[method-assign]
else:
    flask_app._tell = dying(flask_app._tell)
wsgi.app.test_client(use_cookies=False).open(
    url, method=method, data=body, content_type="application/json", headers=json.loads(headers)
)
