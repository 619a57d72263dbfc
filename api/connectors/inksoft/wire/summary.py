"""One row of `GetOrderSummaries`: thin, with neither tax nor address nor approval."""

from decimal import Decimal

from api.connectors.inksoft.wire.card import WireCard
from api.connectors.inksoft.wire.lenient import (
    Amount,
    Flag,
    Id,
    KnownAmount,
    KnownId,
    KnownMoment,
    Lenient,
    Moment,
    Rows,
    Text,
)


class WireSummary(Lenient):
    id: KnownId
    order_type: Text = ""
    proposal_id: Id = ""
    store_id: Id = ""
    store_name: Text = ""
    customer: Text = ""
    first_name: Text = ""
    last_name: Text = ""
    company_name: Text = ""
    email: Text = ""
    date_created: KnownMoment
    estimated_ship_date: Moment = None
    confirmed_ship_date: Moment = None
    payment_due_date: Moment = None
    status: Text = ""
    production_status: Text = ""
    payment_status: Text = ""
    payment_method: Text = ""
    shipping_method_name: Text = ""
    total_discount: Amount = Decimal(0)
    total_amount: KnownAmount
    amount_due: KnownAmount
    process_amount: Amount = Decimal(0)
    authorized: Flag = False
    paid: Flag = False
    confirmed: Flag = False
    ordered: Flag = False
    received: Flag = False
    prepared: Flag = False
    shipped: Flag = False
    cancelled: Flag = False
    production_card_count: Text = ""
    production_cards: Rows[WireCard] = ()
