"""Logs as JSON lines on standard error, one a request, each with the request's id."""

import logging
import sys

import structlog

log: structlog.stdlib.BoundLogger = structlog.get_logger("unmissions")


def configure(level: str = "info") -> None:
    """Sends every log line of this process to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
