"""The points of Printavo's API on which its documentation is silent or its clients disagree, each with a default."""

from api.sandbox.switches import Switch

DOORS = (
    Switch(
        "auth_failure",
        "http_401",
        "how bad credentials are answered; graphql = 200 with an Unauthorized error",
        ("http_401", "http_403", "graphql"),
    ),
    Switch(
        "plan_refusal",
        "http_403",
        "how an account on a lower plan is answered; as_auth_failure cannot be told from bad credentials",
        ("http_403", "graphql", "as_auth_failure"),
    ),
    Switch(
        "plan_checked_at_login",
        "yes",
        "whether signing in is refused on a lower plan, or only the first call after it",
        ("yes", "no"),
    ),
    Switch(
        "session_token_header",
        "token",
        "which header carries a session token; authorization = Authorization: Bearer",
        ("token", "authorization"),
    ),
    Switch(
        "session_lifetime_seconds",
        2_592_000.0,
        "life of a session token (stretched by the time scale)",
        high=1e9,
    ),
    Switch(
        "time_zone_form",
        "iana",
        "how user.timeZone is written: America/Chicago or Central Time (US & Canada)",
        ("iana", "rails"),
    ),
)

LIMITS = (
    Switch(
        "rate_limit_answer",
        "http_429",
        "too many calls: 429, or queries answered by empty pages without a word",
        ("http_429", "silent_empty"),
    ),
    Switch("rate_limit_body", "json", "the form of a 429's body", ("json", "text")),
    Switch("retry_after", "sent", "whether a 429 carries Retry-After", ("sent", "absent")),
    Switch(
        "silent_total_nodes",
        "real",
        "totalNodes beside a silently emptied page",
        ("real", "zero"),
    ),
    Switch(
        "rate_penalty",
        "off",
        "on = five refusals within one window ban the caller for a while",
        ("off", "on"),
    ),
    Switch("penalty_seconds", 30.0, "length of that ban (stretched by the limit scale)"),
    Switch(
        "page_cap_orders",
        "reject",
        "invoices, quotes, orders with first above 25: an error, or cut to 25",
        ("reject", "clamp"),
    ),
    Switch(
        "page_cap_others",
        "clamp",
        "every other connection with first above 25",
        ("clamp", "reject"),
    ),
    Switch(
        "cursors",
        "place",
        "what a cursor is: the item's place in base64, something opaque, or numbers that are no places",
        ("place", "opaque", "numbers"),
    ),
    Switch("search_delay_seconds", 0.0, "how long a new order is not found (stretched by the time scale)"),
    Switch(
        "search_delay_covers",
        "query",
        "whether that delay holds for text only, or for tags as well",
        ("query", "query_and_tags"),
    ),
)

BOOKS = (
    Switch(
        "quote_to_invoice",
        "allowed",
        "whether statusUpdate may move a quote to an invoice status (and back)",
        ("allowed", "refused"),
    ),
    Switch("conversion_keeps_id", "yes", "whether the record keeps its id when it does", ("yes", "no")),
    Switch(
        "default_sales_tax",
        "applied",
        "a new quote without salesTax: the customer's or account's rate, or none",
        ("applied", "zero"),
    ),
    Switch(
        "discount_covers",
        "lines_and_fees",
        "what a discount is taken from, and cannot exceed",
        ("lines_and_fees", "lines"),
    ),
    Switch(
        "fee_amount",
        "amount_first",
        "a fee with both: its amount counts, or quantity times unit price",
        ("amount_first", "unit_price_first"),
    ),
    Switch(
        "money_noise",
        "on",
        "on = derived amounts carry binary noise, such as 12.370000000000001",
        ("on", "off"),
    ),
    Switch(
        "updated_at",
        "always_moves",
        "whole seconds, so that two edits within one second share it (clock), or not",
        ("always_moves", "clock"),
    ),
)

LINES = (
    Switch(
        "sizes_update",
        "replace",
        "the sizes of lineItemUpdate: all that the line has afterwards, or merged into what it has",
        ("replace", "merge"),
    ),
    Switch("zero_sizes", "dropped", "whether sizes of 0 pieces are listed", ("dropped", "listed")),
    Switch(
        "sizes_outside_columns",
        "kept",
        "sizes that are not among the group's enabled columns: listed, or hidden (they still count)",
        ("kept", "hidden"),
    ),
    Switch(
        "batches",
        "all_or_nothing",
        "…Creates, …Updates, …Deletes with a wrong member: nothing applied, or those before it",
        ("all_or_nothing", "first_n"),
    ),
    Switch(
        "line_status_moves",
        "any",
        "whether productStatus may jump anywhere, or only forward",
        ("any", "forward_only"),
    ),
    Switch(
        "attached_to_po_by_hand",
        "allowed",
        "whether productStatus attached_to_po may be set without a purchase order",
        ("allowed", "refused"),
    ),
    Switch(
        "file_fetch",
        "immediate",
        "what becomes of a mockup's or file's address: fetched at once, after a while, blank, refused",
        ("immediate", "delayed", "silent_blank", "refused"),
    ),
    Switch("file_fetch_seconds", 3.0, "that while (stretched by the time scale)"),
)

SWITCHES = (*DOORS, *LIMITS, *BOOKS, *LINES)
