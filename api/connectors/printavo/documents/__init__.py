"""What we ask of Printavo: one GraphQL operation a file, with the fragments it names put behind it. Read once.

`pages/` holds no operations but single fields, each a further page of one connection: many of them make one query. Several
mutations make one document too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent
_OPERATION: Final = re.compile(r"(query|mutation) \w+[^{]*\{\s*(\w+)")
_MUTATION: Final = re.compile(r"mutation \w+\(([^)]*)\) \{\s*(.*?)\s*\n\}", re.DOTALL)
_SPREAD: Final = re.compile(r"\.\.\.([A-Z]\w*)")


@dataclass(frozen=True, slots=True)
class Document:
    """`text` is what is sent. `fields` are the members of the answer that it is about."""

    name: str
    text: str
    fields: tuple[str, ...]
    is_write: bool


@dataclass(frozen=True, slots=True)
class FurtherPage:
    """A page that no answer held yet: of which connection (a file of `pages/`), of which record, behind which cursor."""

    connection: str
    id: str
    after: str


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
    return Document(name=path.stem, text=_with_fragments(text), fields=(field,), is_write=kind == "mutation")


DOCUMENTS: Final[Mapping[str, Document]] = MappingProxyType(
    {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.graphql"))}
)
PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {path.stem: path.read_text(encoding="utf-8") for path in sorted((_FOLDER / "pages").glob("*.graphql"))}
)


def join_pages(pages: Sequence[FurtherPage]) -> tuple[Document, dict[str, str]]:
    """One query for all of them, answered by `page0`, `page1`, ... in their order; and its variables."""
    declared: list[str] = []
    asked: list[str] = []
    variables: dict[str, str] = {}
    for place, page in enumerate(pages):
        declared.append(f"$id{place}: ID!, $after{place}: String!")
        field = PAGES[page.connection].replace("$id", f"$id{place}").replace("$after", f"$after{place}")
        asked.append(f"page{place}: {field}")
        variables |= {f"id{place}": page.id, f"after{place}": page.after}
    witness = "witness: statuses(first: 1) { ...Witness }"
    text = f"query Pages({', '.join(declared)}) {{\n{''.join(asked)}{witness}\n}}\n"
    fields = tuple(f"page{place}" for place in range(len(pages)))
    return Document(name="pages", text=_with_fragments(text), fields=fields, is_write=False), variables


def join_writes(writes: Sequence[tuple[str, Mapping[str, Any]]]) -> tuple[Document, dict[str, Any]]:
    """One mutation of all these (document, variables), answered by `write0`, `write1`, ... in their order; and its variables.

    They are done one after the other, and each is whatever becomes of the others.
    """
    declared: list[str] = []
    asked: list[str] = []
    variables: dict[str, Any] = {}
    for place, (name, given) in enumerate(writes):
        mutation = _MUTATION.match(DOCUMENTS[name].text)
        if mutation is None:
            message = f"{name} is not a mutation with variables"
            raise ValueError(message)
        types, field = (re.sub(r"\$(\w+)", rf"$\g<1>{place}", part) for part in mutation.groups())
        declared.append(types)
        asked.append(f"  write{place}: {field}\n")
        variables |= {f"{key}{place}": value for key, value in given.items()}
    text = f"mutation Writes({', '.join(declared)}) {{\n{''.join(asked)}}}\n"
    fields = tuple(f"write{place}" for place in range(len(writes)))
    return Document(name="writes", text=_with_fragments(text), fields=fields, is_write=True), variables
