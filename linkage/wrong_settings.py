"""What is wrong with a file of settings, in our words: the field, its value and what would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from linkage.arguments import shown

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

_WHOLE, _NUMBER, _WORDS, _TABLE = "a whole number", "a number", "words in quotation marks", "a table of settings"
_HAS_TO_BE: Mapping[str, str] = {
    "int_type": _WHOLE, "int_parsing": _WHOLE, "int_from_float": _WHOLE, "int_parsing_size": f"{_WHOLE} not as large",
    "float_type": _NUMBER, "float_parsing": _NUMBER, "finite_number": f"{_NUMBER} that is finite",
    "bool_type": "true or false", "bool_parsing": "true or false",
    "string_type": _WORDS, "path_type": "the name of a file in quotation marks", "string_too_long": "at most "
    "{max_length} characters long", "string_too_short": "at least {min_length} characters long",
    "greater_than": "more than {gt:g}", "greater_than_equal": "at least {ge:g}",
    "less_than": "less than {lt:g}", "less_than_equal": "at most {le:g}",
    "dict_type": _TABLE, "model_type": _TABLE, "model_attributes_type": _TABLE,
    "list_type": "a list in [ ]", "tuple_type": "a list in [ ]", "literal_error": "{expected}",
}  # fmt: skip
"""What a value has to be, by the kind of fault that pydantic names (docs.pydantic.dev, validation errors)."""


def fault(error: ValidationError, model: type[BaseModel]) -> str:
    """The first fault that was found, without the file's name: "connections 'many': it has to be a whole number". The
    value of a field that there is not is left out: it may be a password."""
    first = error.errors()[0]
    kind, context = first["type"], first.get("ctx", {})
    field = ".".join(map(str, first["loc"])) or "the file"
    if kind == "extra_forbidden":
        known = ", ".join(_names(model, first["loc"][:-1]))
        return f"{field} is no setting; take it out, or use one of {known}"
    if kind == "missing":
        return f"{field} is missing; write it"
    if kind == "value_error":
        return f"{field}: {context['error']}"
    wanted = _HAS_TO_BE.get(kind)
    said = f"it has to be {wanted.format(**context)}" if wanted else first["msg"]
    return f"{field} {shown(first['input'])}: {said}"


def _names(model: Any, steps: tuple[int | str, ...]) -> list[str]:
    """The settings that there are in the table to which these steps lead, as they are written."""
    for step in steps:
        fields = getattr(model, "model_fields", {})
        inside = fields[step].annotation if step in fields else model
        model = next((one for one in _within(inside) if hasattr(one, "model_fields")), inside)
    return sorted(getattr(model, "model_fields", {}))


def _within(kind: Any) -> list[Any]:
    """A type and those that it is made of, as Rate of dict[str, Rate]."""
    return [kind, *(inner for part in getattr(kind, "__args__", ()) for inner in _within(part))]
