"""Column types that recur in the models, so that a model reads as a list of facts."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Integer, LargeBinary, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column

Key = Annotated[UUID, mapped_column(Uuid, primary_key=True)]
Ref = Annotated[UUID, mapped_column(Uuid)]
String = Annotated[str, mapped_column(Text)]
At = Annotated[datetime, mapped_column(DateTime(timezone=True))]
MadeAt = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
Cents = Annotated[int, mapped_column(BigInteger)]
Number = Annotated[int, mapped_column(Integer)]
Version = Annotated[int, mapped_column(Integer, server_default=text("1"))]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
Json = Annotated[dict[str, Any], mapped_column(JSONB)]
