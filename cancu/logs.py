"""What the house writes down while it runs: one JSON line an event, to stderr, for whatever the machine collects lines with.

``time``, ``level``, ``logger``, ``message``, ``request`` (also the answer's header X-Request-ID), ``user`` (key, no name),
``job``; a request's line has ``method``, ``path``, ``status``, ``ms``. Never: what follows the question mark, what was
typed, headers, cookies. Of an error only its kind, its first line (PostgreSQL puts the values of a row into the second)
and where it happened. What people do with data is no log: that is the history and the audit, in the database.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import re
import time
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

#: Tells what this thread works on, ``request``, ``user``, ``job``; asked when a line is written, for the user of a request is known late.
AT_WORK: ContextVar[Callable[[], dict[str, Any]]] = ContextVar("cancu.logs", default=dict)
#: What an event may add to its line (``extra=``).
MEASURED = ("method", "path", "status", "ms", "state")
#: Path arguments that open something by themselves.
SECRET = frozenset({"secret", "token", "key"})
_IDENTITY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_log = logging.getLogger("cancu.request")


class JsonFormatter(logging.Formatter):
    """One event as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        message, request = record.getMessage(), getattr(record, "request", None)
        if hasattr(request, "resolver_match"):  # Django's own lines name the path as it came
            message = message.replace(request.path, safe_path(request))
        line = {"time": at, "level": record.levelname, "logger": record.name, "message": message, **AT_WORK.get()()}
        line |= {name: record.__dict__[name] for name in MEASURED if name in record.__dict__}
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line["error"] = f"{type(error).__name__}: {error}".splitlines()[0]
            line["trace"] = [
                f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)
            ]
        return json.dumps(line, ensure_ascii=False, default=str)


@contextmanager
def at_work(tell: Callable[[], dict[str, Any]]) -> Iterator[None]:
    """Until its end, every line of this thread carries what ``tell`` says."""
    before = AT_WORK.set(tell)
    try:
        yield
    finally:
        AT_WORK.reset(before)


def settings() -> dict[str, Any]:
    """``LOGGING``, from ``CANCU_LOG``: “json”, or “text” for people at a terminal (the default with ``CANCU_DEBUG``);
    the house's lines from ``CANCU_LOG_LEVEL``, those of libraries from WARNING."""
    form = os.environ.get("CANCU_LOG") or ("text" if os.environ.get("CANCU_DEBUG") else "json")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(levelname)s %(name)s %(message)s"} if form == "text" else {"()": JsonFormatter}
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "cancu": {"level": os.environ.get("CANCU_LOG_LEVEL", "INFO")},
            "gunicorn.error": {"level": "INFO", "handlers": ["stderr"]},  # gunicorn keeps it from the root
            "django.request": {"level": "ERROR"},  # what is refused or missing has its line by RequestLog
            "axes": {
                "level": "ERROR"
            },  # it names what was typed as a user name, at times a password; the audit keeps failures
        },
    }


#: What gunicorn reads with ``-c python:cancu.logs``: its own lines look the same.
logconfig_dict = settings()


class RequestLog:
    """The outermost middleware: names the request, and writes its line when it is answered."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        given, begun = request.headers.get("X-Request-ID", ""), time.monotonic()
        identity = given if _IDENTITY.fullmatch(given) else uuid.uuid4().hex

        def tell() -> dict[str, Any]:
            user = getattr(request, "_cached_user", None)  # asking for ``request.user`` could ask the database
            return {"request": identity, **({"user": user.pk} if user is not None and user.pk else {})}

        with at_work(tell):
            response = self.get_response(request)
            said = {
                "method": request.method,
                "path": safe_path(request),
                "status": response.status_code,
                "ms": round((time.monotonic() - begun) * 1000),
            }
            _log.log(
                logging.ERROR if response.status_code >= 500 else logging.INFO,
                "%(method)s %(path)s %(status)s",
                said,
                extra=said,
            )
        response["X-Request-ID"] = identity
        return response


def safe_path(request: Any) -> str:
    """The path without what opens something by itself, such as the address of a calendar."""
    path, match = request.path, request.resolver_match
    for name in SECRET.intersection(match.kwargs if match else ()):
        path = path.replace(str(match.kwargs[name]), "…")
    return path
