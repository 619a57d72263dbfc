"""Printavo, simulated: GraphQL over the books of a few small shops."""

from api.sandbox.printavo.app import create_app

__all__ = ["create_app"]
