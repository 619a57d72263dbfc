"""Jobs of activity: invoices made anew with words taught since, and alerts by mail."""

from api.activity.jobs import alerts, remake
from api.core.jobs import Job

jobs: tuple[Job, ...] = (*alerts.book.jobs, *remake.book.jobs)
