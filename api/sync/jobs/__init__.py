"""The job that reads orders."""

from api.sync.jobs.sync import book

__all__ = ["book"]
