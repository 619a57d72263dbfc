"""Who a store's invoices are made out to."""

from uuid import UUID

from pydantic import ConfigDict

from api.core.schema import Name, Wire, examples
from api.settings.schemas.kinds import ExternalId


class InvoiceContactChange(Wire):
    """Who a store's invoices are made out to: the store's organisation, never a shopper."""

    model_config = ConfigDict(
        json_schema_extra=examples({"contact_id": "501", "contact_name": "Falcons Boosters"})
    )

    contact_id: ExternalId
    contact_name: Name


class InvoiceContact(Wire):
    """A store's invoice contact; null as long as nobody chose one."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "store_id": "0192f0c4-7a10-7000-8000-000000000003",
                "contact_id": "501",
                "contact_name": "Falcons Boosters",
                "version": 1,
            }
        )
    )

    store_id: UUID
    contact_id: str | None
    contact_name: str | None
    version: int
