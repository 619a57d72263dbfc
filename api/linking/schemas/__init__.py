"""What crosses the wire about connections, attempts and the link. Secrets come in and never go out."""
