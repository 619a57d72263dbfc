"""Jobs of purchasing: looking at what both sides say, and writing what was chosen here."""

from api.core.jobs import JobBook
from api.purchasing.jobs import look, write

book = JobBook([*look.book.jobs, *write.book.jobs])
