"""Imports every room's models, so that one metadata holds every table (migrations and their test read it)."""

from api.core import attention, letters, models, outbox, work
from api.core.db import Table
from api.identity import models as identity
from api.invoices import models as invoices
from api.linking import models as linking
from api.orders import models as orders
from api.purchasing import models as purchasing
from api.settings import models as settings
from api.storefronts import models as storefronts
from api.stores import models as stores
from api.sync import models as sync

ROOMS = (
    attention,
    identity,
    invoices,
    letters,
    linking,
    models,
    orders,
    outbox,
    purchasing,
    settings,
    storefronts,
    stores,
    sync,
    work,
)
metadata = Table.metadata
