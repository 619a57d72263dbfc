"""People and places on an order."""

from api.connectors.inksoft.wire.lenient import Lenient, Rows, Text


class WireAddress(Lenient):
    first_name: Text = ""
    last_name: Text = ""
    name: Text = ""
    company_name: Text = ""
    street1: Text = ""
    street2: Text = ""
    city: Text = ""
    state: Text = ""
    state_name: Text = ""
    country: Text = ""
    country_code: Text = ""
    post_code: Text = ""
    phone: Text = ""


class WirePhone(Lenient):
    number: Text = ""


class WireContact(Lenient):
    first_name: Text = ""
    last_name: Text = ""
    email: Text = ""
    phones: Rows[WirePhone] = ()
