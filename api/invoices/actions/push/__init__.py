"""Effects of the push, each inside one short transaction: leases, remote operations, what was written, how a push ends."""
