"""Attaching orders to invoices, and pushing invoices to the shop's books: one verb a file."""
