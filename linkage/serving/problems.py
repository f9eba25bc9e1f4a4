"""What went wrong, as problem+json (RFC 9457): what and where, never the words that were sent or how it is built."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.responses import Response

MEDIA = "application/problem+json"
_SHOWN = 20


class Problem(Exception):  # noqa: N818 - RFC 9457 calls it so
    """Ends a request with a problem."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, dict(headers or {})


class FieldProblem(BaseModel):
    """One value that cannot be used."""

    field: str
    reason: str


class ProblemBody(BaseModel):
    """A problem as it is sent."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


def response(problem: Problem, errors: Sequence[dict[str, str]] = ()) -> Response:
    """A problem as a response."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    words = json.dumps(body | ({"errors": list(errors)} if errors else {}))
    return Response(words, problem.status, problem.headers, MEDIA)


def of_values(error: RequestValidationError) -> Response:
    """Which values cannot be used, by their place; the values are not repeated."""
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return response(Problem(400, "The body is no JSON."))
    errors = [
        {"field": ".".join(str(step) for step in one["loc"][1:])[:200], "reason": one["msg"]}
        for one in found[:_SHOWN]
    ]
    errors = [
        {name: words.encode("ascii", "backslashreplace").decode() for name, words in one.items()} for one in errors
    ]
    return response(Problem(422, "Some values cannot be used."), errors)


def too_often(seconds: float) -> Problem:
    """Too many requests: when to come back."""
    return Problem(
        429,
        "Too many requests. Nothing of this one was kept; send it again later.",
        {"Retry-After": str(math.ceil(seconds))},
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These statuses for the OpenAPI document."""
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}
