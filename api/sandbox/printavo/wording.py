"""Errors in the vendor's manner of speaking: the library's English, said the way graphql-ruby says it."""

import re
from typing import Any

from graphql import GraphQLError

_INVALID = r"Variable '\$(\w+)' has invalid value(?: at \.\S+)?: "

# graphql-core's sentence, and what is said instead. Values that somebody sent are never repeated.
_SAYINGS = tuple(
    (re.compile(f"^{pattern}", re.DOTALL), said)
    for pattern, said in (
        (r"Cannot query field '(\w+)' on type '(\w+)'.*", r"Field '\1' doesn't exist on type '\2'"),
        (r"Unknown argument '(\w+)' on field '\w+\.(\w+)'.*", r"Field '\2' doesn't accept argument '\1'"),
        (
            r"Argument '\w+\.(\w+)\((\w+):\)' of type '\S+' is required.*",
            r"Field '\1' is missing required arguments: \2",
        ),
        (
            r"Expected value of type '(\w+)' to include required field '(\w+)'.*",
            r"Argument '\2' on InputObject '\1' is required",
        ),
        (
            r"Expected value of type '(\w+)' not to include unknown field '(\w+)'.*",
            r"InputObject '\1' doesn't accept argument '\2'",
        ),
        (
            _INVALID + r"Expected value of type '\w+' to include required field '(\w+)'.*",
            r"Variable $\1 was provided invalid value for \2 (Expected value to not be null)",
        ),
        (
            _INVALID + r"Expected value of type '\w+' not to include unknown field '(\w+)'.*",
            r"Variable $\1 was provided invalid value for \2 (Field is not defined)",
        ),
        (
            r"Variable '\$(\w+)' has invalid value at \.(\S+): Expected value of non-null type.*",
            r"Variable $\1 was provided invalid value for \2 (Expected value to not be null)",
        ),
        (
            r"Variable '\$(\w+)' has invalid value at \.(\S+): .*",
            r"Variable $\1 was provided invalid value for \2",
        ),
        (r"Variable '\$(\w+)' has invalid value.*", r"Variable $\1 was provided invalid value"),
    )
)


def say(message: str) -> str:
    """One sentence; where the vendor's wording is not known it stays as it is."""
    for pattern, said in _SAYINGS:
        if pattern.match(message):
            return pattern.sub(said, message)
    return message


def say_error(error: GraphQLError) -> dict[str, Any]:
    """An entry of ``errors``: message, and where it was written or met."""
    formatted: dict[str, Any] = {"message": say(error.message)}
    if error.locations:
        formatted["locations"] = [{"line": each.line, "column": each.column} for each in error.locations]
    if error.path:
        formatted["path"] = list(error.path)
    return formatted
