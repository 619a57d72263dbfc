"""What crosses the wire about people, sessions and workspaces. Secrets come in and never go out but once, to whom they belong."""
