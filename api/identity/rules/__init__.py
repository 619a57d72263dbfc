"""Pure decisions about people and their sessions."""
