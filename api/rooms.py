"""The rooms that the doors open: every router for the HTTP door, every job for the worker."""

from fastapi import APIRouter

from api.activity.jobs import jobs as activity_jobs
from api.activity.routes import routers as activity
from api.core.jobs import Job
from api.identity.jobs import book as identity_book
from api.identity.routes import routers as identity
from api.invoices.actions.push.waiting import park_operations
from api.invoices.jobs import book as invoices_book
from api.invoices.queries.disconnection import count_operations
from api.invoices.routes import routers as invoices
from api.linking.jobs import book as linking_book
from api.linking.queries.disconnection import RoomsAbove
from api.linking.routes import router as linking
from api.orders.jobs import book as orders_book
from api.orders.routes import routers as orders
from api.purchasing.actions.writing import end_writes
from api.purchasing.jobs import book as purchasing_book
from api.purchasing.queries.writes import count_writes
from api.purchasing.routes import router as purchasing
from api.settings.routes import routers as settings
from api.storefronts.jobs import book as storefronts_book
from api.storefronts.routes import routers as storefronts
from api.stores.jobs import book as stores_book
from api.stores.queries import count_for_disconnection as count_stores
from api.stores.routes import router as stores
from api.sync.actions.comparisons import close_comparing
from api.sync.actions.refreshes import close_refreshes
from api.sync.actions.runs import close_running
from api.sync.jobs import book as sync_book
from api.sync.routes import router as sync
from api.tables import metadata

# Importing every model is what lets an entity be written: its foreign keys name tables of other rooms.
TABLES = metadata.tables
ROUTERS: tuple[APIRouter, ...] = (
    *activity, *identity, *invoices, linking, *orders, purchasing, *settings, *storefronts, stores, sync,
)  # fmt: skip
JOBS: tuple[Job, ...] = (
    *activity_jobs, *identity_book.jobs, *invoices_book.jobs, *linking_book.jobs, *orders_book.jobs, *purchasing_book.jobs,
    *storefronts_book.jobs, *stores_book.jobs, *sync_book.jobs,
)  # fmt: skip
# What unlinking means to the rooms above linking: who counts, and who ends what with the link.
ABOVE_LINKING = RoomsAbove(
    counters=(count_stores, count_operations, count_writes),
    endings=(park_operations, end_writes, close_running, close_comparing, close_refreshes),
)
