"""What is done to orders: ingest writes what the platform says, attaching writes where an order is."""
