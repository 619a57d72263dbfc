"""InkSoft behind the store-platform port: Api2 over HTTP, its JSON, what it means, and the adapter that joins the three."""
