"""A store and a session as InkSoft describes them."""

from api.connectors.inksoft.wire.lenient import Flag, Id, KnownId, Lenient, Text


class WireStore(Lenient):
    """`GetStoreData`. It says nothing about plan and currency; whether it names the publisher is not published."""

    store_id: KnownId
    name: Text = ""
    publisher_name: Text = ""
    store_uri: Text = ""
    is_main_store: Flag = False
    publisher_id: KnownId


class WireSession(Lenient):
    """`SignIn`."""

    token: Id
