"""Platen: an async service that links InkSoft and Printavo, one room per thing people do."""
