"""What InkSoft's JSON means in Platen's words: pure functions, no database, no HTTP."""
