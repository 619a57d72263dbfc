"""Log lines as JSON on stderr. Redaction by construction: our lines carry only named, harmless fields; others are scrubbed."""

import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

# The only fields of ours that reach a line. Free text of people or vendors is not among them.
FIELDS = frozenset({
    "request_id", "workspace_id", "operation", "method", "route", "status", "milliseconds", "job", "job_id", "attempt",
    "subject_id", "side", "kind", "count", "new", "changed", "unchanged", "seconds", "port", "pid", "code", "state",
    "invoice_id", "link_id",
})  # fmt: skip

_SECRETS = re.compile(
    r"""(?ix)
    (?: (api_?key|session_?token|token|password|passwd|secret|authorization|cookie|email)
        (["']?\s*[=:]\s*["']?|%3D) (?:bearer\s+)? [^\s&"',;)}]+ )
    | (postgres(?:ql)?(?:\+asyncpg)?://[^:/\s]+:)[^@\s]+(?=@)
    | [^\s@"'<>=&]+@[^\s@"'<>&]+\.[a-z]{2,}
    """
)


def scrub(text: str) -> str:
    """Blank what looks like a credential or an e-mail address."""

    def blank(match: re.Match[str]) -> str:
        if match.group(1):
            return f"{match.group(1)}{match.group(2)}[redacted]"
        if match.group(3):
            return f"{match.group(3)}[redacted]"
        return "[redacted]"

    return _SECRETS.sub(blank, text)


class JsonLines(logging.Formatter):
    """One JSON object a line. Tracebacks carry file, line and function, never values or messages."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": scrub(record.getMessage()),
        }
        for name, value in record.__dict__.items():
            if name in FIELDS and value is not None:
                line[name] = value if isinstance(value, int | float) else str(value)
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = trace(record.exc_info[1])
        return orjson.dumps(line).decode()


def trace(error: BaseException | None) -> list[str]:
    """Where an error passed, outermost first, with its causes: places only, because messages can quote data."""
    places: list[str] = []
    while error is not None:
        places.append(type(error).__name__)
        step = error.__traceback__
        while step is not None:
            code = step.tb_frame.f_code
            places.append(f"{code.co_filename.rsplit('site-packages/')[-1]}:{step.tb_lineno} {code.co_name}")
            step = step.tb_next
        error = error.__cause__
    return places[-60:]


def set_up(level: str = "INFO") -> None:
    """Send every logger's lines through `JsonLines`; uvicorn's access log is replaced by our own line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "pgqueuer", "sqlalchemy.engine"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.getLogger("uvicorn.access").disabled = True
    # Statements with their values would be written at DEBUG.
    for name in ("sqlalchemy.engine", "asyncpg", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
