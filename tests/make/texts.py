"""What invoices say, compared without what is new in each of them."""

from typing import Any


def without_marks(content: dict[str, Any]) -> dict[str, Any]:
    """A new invoice has markers of its own only when it is made; then its pieces have a purchasing status as well."""

    def cut(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: cut(member) for name, member in value.items() if name != "purchasing"}
        if isinstance(value, list):
            return [cut(member) for member in value]
        return value.rpartition(" · ref P-")[0] if isinstance(value, str) and " · ref P-" in value else value

    cleaned: dict[str, Any] = cut(content)
    return cleaned
