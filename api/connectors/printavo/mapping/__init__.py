"""Pure translations between Printavo's words and ours. Knows no network and no database."""
