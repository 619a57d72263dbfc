"""``GetStoreData``: the store of the path. It says nothing about plan, currency, or whether the store is open."""

from api.sandbox.inksoft.methods.call import Call
from api.sandbox.inksoft.wire.envelope import Reply


def get_store_data(call: Call) -> Reply:
    """The nearest thing to a connection test."""
    store = call.store
    return Reply({
        "StoreId": store.id, "Name": store.name, "StoreUri": store.uri, "IsMainStore": store.is_main,
        "PublisherId": store.publisher_id, "PublisherName": call.account.name, "LogoUrl": "",
    })  # fmt: skip
