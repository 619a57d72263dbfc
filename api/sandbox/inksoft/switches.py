"""InkSoft's unproven points. What the default is, what else live stores may turn out to do."""

from api.sandbox.switches import Switch

SWITCHES = (
    # Auth and plan
    Switch("bad_key", "400", "answer to a wrong, missing or revoked key", ("400", "401", "200_not_ok")),
    Switch("key_header", False, "whether an x-api-key header counts"),
    Switch("plan_refusal", "envelope_400", "answer to an account on a lower plan",
           ("envelope_400", "ok_false_200", "html_403", "like_bad_key")),
    Switch("store_data_public", False, "whether GetStoreData answers without a key"),
    Switch("catalogue_public", True, "whether the catalogue answers without a key"),
    Switch("token_life_hours", 24.0, "how long a session token lives (times the time scale)", low=0.0001, high=720),
    Switch("errors_at_200", False, "whether failures come with HTTP 200 and OK:false"),
    Switch("unknown_path", "envelope", "answer to an unknown store or method", ("envelope", "html")),
    Switch("severity_key", "Severity", "spelling in messages", ("Severity", "Serverity", "severity")),
    # Lists
    Switch("summaries_scope", "account_from_main", "what GetOrderSummaries covers",
           ("account_from_main", "account", "path_store")),
    Switch("default_results", 25, "rows when MaxResults is missing", low=1, high=1000),
    Switch("max_results", 100, "the most rows of one answer, however many are asked for", low=1, high=1000),
    Switch("package_ids", 50, "the most ids of one GetOrderPackage", low=1, high=1000),
    Switch("package_unknown_ids", "refuse", "a batch with an id that does not exist", ("refuse", "leave_out")),
    Switch("package_fields", "full", "how much GetOrderPackage tells", ("full", "thin")),
    Switch("package_cards", "when_asked", "production cards in GetOrderPackage", ("when_asked", "always", "never")),
    Switch("pages_shift", "none", "rows that move while pages are walked (every other walk)",
           ("none", "repeat", "skip")),
    Switch("pending_in_summaries", False, "whether orders that wait for approval are listed"),
    # Dates
    Switch("modified_date", "every_edit", "which edits move the modified date",
           ("every_edit", "status_edits", "never")),
    Switch("dates", "without_offset", "how dates are written", ("without_offset", "with_offset")),
    Switch("server_utc_offset_hours", 0.0, "the server's own time", low=-12, high=14),
    Switch("utc_offset_hours", "usual", "sign of UtcOffsetHours in ranges", ("usual", "javascript")),
    Switch("range_offsets", "honoured", "whether an offset written in Begin or End counts", ("honoured", "ignored")),
    # Spellings and fields
    Switch("payment_statuses_parameter", "both", "which spelling filters; another one is ignored silently",
           ("both", "PaymentSatuses", "PaymentStatuses")),
    Switch("status_description_order", "both", "which spelling sorts; another one is ignored silently",
           ("both", "StatusDesription", "StatusDescription")),
    Switch("gift_certificates_key", "GiftCertficates", "spelling on orders", ("GiftCertficates", "GiftCertificates")),
    Switch("card_design_fields", "absent", "card fields documented but not seen live", ("absent", "present")),
    Switch("card_items", "one_per_size", "card items of rows with names", ("one_per_size", "one_per_name")),
    Switch("tax_rate", "fraction", "form of TaxRate", ("fraction", "percent")),
    Switch("refund_adjustments", "positive", "sign of Refund adjustments", ("positive", "negative")),
    # Writes
    Switch("shipment_unique_ids", False, "whether CreateOrderShipments takes UniqueId texts"),
    Switch("repeated_external_id", "duplicate", "SaveCartOrder with a known ExternalOrderId", ("duplicate", "refuse")),
    # Pressure (none is published; times the limit scale)
    Switch("limit_calls", 30, "calls an account may make in the window; 0 = any number", high=100_000),
    Switch("limit_seconds", 1.0, "the window", low=0.01, high=3600),
    Switch("limit_answer", "429", "answer to a call too many", ("429", "503")),
    Switch("limit_retry_after", False, "whether that answer has a Retry-After header"),
    Switch("slow_seconds", 0.0, "delay before every answer (times the time scale)", high=120),
)  # fmt: skip
