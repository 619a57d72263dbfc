"""Printavo Merch, which the API only shows: stores with their sums, orders without lines."""
