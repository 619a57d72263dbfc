"""PostgreSQL 18 from a wheel, for `make up` and the tests: as root and as an ordinary user, loopback only, with passwords."""
