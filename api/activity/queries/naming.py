"""What things are called today: the SQL that gives an order's number, a store's name or an invoice's number for a subject."""

from typing import Final

# For a row `x` with workspace_id and subject_id; names are looked up for one page, never before it is cut.
SUBJECT_NAME: Final = "coalesce(o.number, s.name, i.visual_id, i.nickname)"
JOIN_SUBJECTS: Final = """
LEFT JOIN store_order o ON o.workspace_id = x.workspace_id AND o.id = x.subject_id
LEFT JOIN store s ON s.workspace_id = x.workspace_id AND s.id = x.subject_id
LEFT JOIN invoice i ON i.workspace_id = x.workspace_id AND i.id = x.subject_id
"""
