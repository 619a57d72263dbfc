"""The contract as tests walk it: every operation with its path, its example body and what its path asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.contract import build

DOCUMENT = build()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `method` is upper case."""

    name: str
    method: str
    path: str
    described: dict[str, Any]

    @property
    def ids(self) -> tuple[str, ...]:
        """The names in its path."""
        return tuple(re.findall(r"\{(\w+)\}", self.path))

    @property
    def queries(self) -> frozenset[str]:
        return frozenset(one["name"] for one in self.described.get("parameters", []) if one["in"] == "query")

    def at(self, ids: Mapping[str, str]) -> str:
        """Its path with these ids."""
        return self.path.format_map(ids)

    def body(self) -> Any:
        """The first example of its body, or None when it takes none."""
        content = self.described.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            return None
        name = content["schema"]["$ref"].rsplit("/", 1)[-1]
        return DOCUMENT["components"]["schemas"][name]["examples"][0]


OPERATIONS = tuple(
    Operation(described["operationId"], method.upper(), path, described)
    for path, methods in DOCUMENT["paths"].items()
    for method, described in methods.items()
)
READS = tuple(one for one in OPERATIONS if one.method == "GET")
WRITES = tuple(one for one in OPERATIONS if one.method != "GET")
