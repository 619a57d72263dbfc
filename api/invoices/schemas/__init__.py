"""What crosses the wire about invoices."""
