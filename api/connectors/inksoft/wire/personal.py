"""Names, numbers and further texts that belong to single pieces; on order items and on card items alike."""

from api.connectors.inksoft.wire.lenient import Count, Lenient, MaybeAmount, Text


class WireNameNumber(Lenient):
    name: Text = ""
    number: Text = ""
    quantity: Count = 1
    price: MaybeAmount = None


class WirePersonalization(Lenient):
    name: Text = ""
    value: Text = ""
    price: MaybeAmount = None
