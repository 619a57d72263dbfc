"""What every room stands on: database, jobs, problems, clock, secrets. Knows no room and no vendor."""
