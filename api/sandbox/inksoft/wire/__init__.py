"""The vendor's own forms: envelope, JSON in two cases, XML, dates, summaries, details, cards, catalogue."""
