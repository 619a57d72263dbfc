"""``GetProduct`` and ``GetProductBaseList``: names for the ids on items."""

from api.sandbox.inksoft.methods.call import Call
from api.sandbox.inksoft.wire.envelope import Page, Problem, Reply
from api.sandbox.inksoft.wire.products import product

_PAGE_SIZE = 100


def get_product(call: Call) -> Reply:
    """One product with its styles and sizes."""
    number = call.params.number("ProductId", 0)
    if number not in call.world.products:
        raise Problem("NotFound", "Product not found")
    return Reply(
        product(call.world.products[number], in_list=False, prices=call.params.flag("IncludePricing"))
    )


def get_product_base_list(call: Call) -> Reply:
    """A page of products; paged by ``Page`` from 0 and ``PageSize``."""
    params = call.params
    wanted = params.numbers("ProductIds")
    goods = [item for item in call.world.products.values() if wanted is None or item.id in wanted]
    size = min(params.number("PageSize", _PAGE_SIZE, low=1), _PAGE_SIZE)
    start = params.number("Page", 0) * size
    prices, sizes = params.flag("IncludePrices"), params.flag("IncludeSizes")
    rows = [product(item, in_list=True, prices=prices, sizes=sizes) for item in goods[start : start + size]]
    return Reply(rows, Page(len(goods), len(rows), start))
