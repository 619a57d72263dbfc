"""Printavo behind the `PrintShop` port: GraphQL documents, the client that sends them, their JSON, and what we make of it."""
