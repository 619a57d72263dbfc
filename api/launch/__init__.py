"""Runs the whole service on one machine: database, migrations, sandboxes, API, worker, demo data; stops what it started."""
