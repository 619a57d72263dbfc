"""Questions about invoices."""
