"""Files and functions stay small. A raised ceiling stands here, with its reason."""

import ast
from pathlib import Path

import pytest

from tests.conftest import PROJECT

LINES_A_FILE = 250
LINES_A_FUNCTION = 40
TSX_LINES = 200

RAISED: dict[str, tuple[int, str]] = {}


def python_files() -> list[Path]:
    return sorted((PROJECT / "api").rglob("*.py"))


def tsx_files() -> list[Path]:
    folder = PROJECT / "frontend" / "src"
    return [path for path in sorted(folder.rglob("*.tsx")) if "generated" not in path.parts]


def ceiling(path: Path, usual: int) -> int:
    return RAISED.get(str(path.relative_to(PROJECT)), (usual, ""))[0]


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_python_file_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= ceiling(path, LINES_A_FILE)


@pytest.mark.parametrize("path", tsx_files(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_tsx_file_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= ceiling(path, TSX_LINES)


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body: a signature that names what it takes and a docstring are not what makes a function long."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or node.lineno) - body[0].lineno + 1


def test_functions_are_small() -> None:
    functions = [
        (path, node)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [
        f"{path.relative_to(PROJECT)}:{node.lineno} {node.name} has {body_lines(node)} lines"
        for path, node in functions
        if body_lines(node) > LINES_A_FUNCTION
    ]
    assert long == []


def test_rooms_have_no_drawers_for_everything() -> None:
    forbidden = {
        "service",
        "services",
        "repository",
        "utils",
        "util",
        "helpers",
        "helper",
        "manager",
        "base",
        "common",
        "errors",
    }
    assert [str(path) for path in python_files() if path.stem in forbidden] == []


def test_every_module_says_what_it_is() -> None:
    assert [str(path) for path in python_files() if not ast.get_docstring(ast.parse(path.read_text()))] == []
