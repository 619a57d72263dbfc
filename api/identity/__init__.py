"""Who works here: people, workspaces, sessions, sign-in."""
