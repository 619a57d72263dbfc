"""Jobs of invoices: the push of wanted states into the shop's books."""

from api.invoices.jobs.push import book

__all__ = ["book"]
