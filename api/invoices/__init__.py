"""Invoices: picker, preview, attach, wanted state, push and read-back (A1 to A6)."""
