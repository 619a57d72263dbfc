"""What we ask of Printavo: one GraphQL operation a file, with the fragments it names put behind it. Read once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

_FOLDER: Final = Path(__file__).parent
_OPERATION: Final = re.compile(r"(query|mutation) \w+[^{]*\{\s*(\w+)")
_SPREAD: Final = re.compile(r"\.\.\.([A-Z]\w*)")


@dataclass(frozen=True, slots=True)
class Document:
    """`text` is what is sent. `field` is the root field that the answer is about."""

    name: str
    text: str
    field: str
    is_write: bool


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _with_fragments(text: str) -> str:
    """`text` followed by every fragment that it or one of its fragments spreads, each once."""
    parts = [text]
    wanted = _SPREAD.findall(text)
    seen: set[str] = set()
    for name in wanted:
        if name not in seen:
            seen.add(name)
            fragment = (_FOLDER / "fragments" / f"{_snake(name)}.graphql").read_text(encoding="utf-8")
            parts.append(fragment)
            wanted += _SPREAD.findall(fragment)
    return "\n".join(parts)


def _read(path: Path) -> Document:
    text = path.read_text(encoding="utf-8")
    operation = _OPERATION.match(text)
    if operation is None:
        message = f"{path.name} does not begin with a named operation"
        raise ValueError(message)
    kind, field = operation.groups()
    return Document(name=path.stem, text=_with_fragments(text), field=field, is_write=kind == "mutation")


DOCUMENTS: Final[Mapping[str, Document]] = MappingProxyType(
    {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.graphql"))}
)
