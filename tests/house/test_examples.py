"""Examples of the contract are true: each is a value of its model, and whatever is asked for has one."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from pydantic import BaseModel

from api.contract import build
from api.rooms import ROUTERS

assert ROUTERS, "the rooms are imported, and with them every model"
DOCUMENT = build()
COMPONENTS: dict[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]
EXAMPLES = [
    pytest.param(name, example, id=f"{name}-{place}")
    for name, schema in COMPONENTS.items()
    for place, example in enumerate(schema.get("examples", []))
]


def models(kind: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    for below in kind.__subclasses__():
        yield below
        yield from models(below)


# Generic pages are renamed in the contract: `Page[StoreRead]` is `StoreReadPage` there.
MODELS = {model.__name__: model for model in models() if model.__module__.startswith("api.")}


def referred(schema: Any) -> set[str]:
    """The components that a piece of the document names."""
    if isinstance(schema, dict):
        own = {schema["$ref"].rpartition("/")[2]} if "$ref" in schema else set()
        return own.union(*map(referred, schema.values()))
    return set().union(*map(referred, schema)) if isinstance(schema, list) else set()


OPERATIONS = [operation for path in DOCUMENT["paths"].values() for operation in path.values()]
ASKED = sorted(set().union(*(referred(operation.get("requestBody", {})) for operation in OPERATIONS)))
ANSWERED = sorted(
    set().union(
        *(
            referred(response)
            for operation in OPERATIONS
            for status, response in operation["responses"].items()
            if int(status) < 400
        )
    )
)


class TestAnExample:
    @pytest.mark.parametrize(("name", "example"), EXAMPLES)
    def test_is_a_value_of_its_model(self, name: str, example: Any) -> None:
        """Nothing is left out either: what the model adds by itself would mislead a reader of the contract."""
        model = MODELS[name]
        made = model.model_validate_json(orjson.dumps(example))
        again = model.model_validate_json(made.model_dump_json())
        assert again == made

    @pytest.mark.parametrize("name", ASKED)
    def test_is_there_for_whatever_is_asked_for(self, name: str) -> None:
        assert COMPONENTS[name].get("examples"), f"{name} is a request body without an example"

    @pytest.mark.parametrize("name", [name for name in ANSWERED if not name.endswith("Page")])
    def test_is_there_for_whatever_is_answered(self, name: str) -> None:
        assert COMPONENTS[name].get("examples"), f"{name} is an answer without an example"

    def test_of_an_answer_leaves_out_no_required_member(self) -> None:
        short = [
            f"{name}: {sorted(set(COMPONENTS[name].get('required', [])) - set(example))}"
            for name in ANSWERED
            for example in COMPONENTS[name].get("examples", [])
            if not set(COMPONENTS[name].get("required", [])) <= set(example)
        ]
        assert short == []


def test_the_contract_has_examples_to_hold() -> None:
    assert len(EXAMPLES) > 40
    assert len(ASKED) > 10
