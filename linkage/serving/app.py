"""Puts API, pages and guard together."""

from __future__ import annotations

from importlib.metadata import version
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

from linkage.serving import api, pages
from linkage.serving.drawing import page, words_for
from linkage.serving.guard import FAILED, Guard
from linkage.serving.problems import Problem, ProblemBody, of_values, response
from linkage.serving.rates import Rates
from linkage.serving.settings import Serving
from linkage.serving.signposts import signposts
from linkage.serving.sisters import Sisters
from linkage.serving.site import Site, client_address
from linkage.store import Store

_API = ("/reports", "/alerts", "/feeds", "/subscribers", "/search", "/series", "/openapi.json")
_ABOUT = (
    "Reports in, published alerts out, subscribers, and what sister schemes may ask. Every request shows a token "
    "(`linkage token add`); every error is a problem of RFC 9457."
)


def make_app(store: Store, settings: Serving) -> ASGIApp:
    """The whole of what is served on a store. ServingError where its list of services cannot be used."""
    signposts(settings.signposts)
    app = FastAPI(title="linkage", version=version("linkage"), docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.site = Site(store, settings, Rates(settings.rates), Sisters(store))
    app.include_router(api.router)
    app.include_router(pages.router)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]

    async def problem(request: Request, error: Exception) -> Response:
        return _answer(request, cast(Problem, error))

    async def values(_: Request, error: Exception) -> Response:
        return of_values(cast(RequestValidationError, error))

    async def http(request: Request, error: Exception) -> Response:
        known = cast(HTTPException, error)
        words = {400: "The body cannot be read.", 404: "There is nothing here.", 405: "This is not done here."}
        found = Problem(known.status_code, words.get(known.status_code, "The request cannot be used."), known.headers)
        return _answer(request, found)

    async def fault(request: Request, _: Exception) -> Response:
        return _answer(request, Problem(500, FAILED))

    app.add_exception_handler(Exception, fault)
    app.add_exception_handler(Problem, problem)
    app.add_exception_handler(RequestValidationError, values)
    app.add_exception_handler(HTTPException, http)

    def early(scope: Scope, found: Problem) -> ASGIApp:
        return _answer(Request({**scope, "app": app}), found)

    return Guard(_Counted(app), settings, early)


class _Counted:
    """Counts every request of an address before anything is done for it; the API counts its own with their tokens."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        """One request."""
        if scope["type"] == "http" and not _is_api(scope["path"]):
            request = Request({**scope, "app": self._app})
            site: Site = self._app.state.site
            if site.rates.wait("all", client_address(request)):
                await _answer(request, Problem(429, "Too many requests.", {"Retry-After": "60"}))(
                    scope, receive, send
                )
                return
        await self._app(scope, receive, send)


def _is_api(path: str) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in _API)


def _answer(request: Request, problem: Problem) -> Response:
    """A problem as whoever asks reads it: a program as JSON, a person as a page."""
    if _is_api(request.url.path):
        return response(problem)
    say = words_for(request)
    words = {429: "error_too_often", 503: "error_full"}.get(problem.status, "error_other")
    site: Site = request.app.state.site
    drawn = page(
        request, site.settings, "told_only.html", "/", problem.status, heading="error_title", told=say(words)
    )
    drawn.headers.update(problem.headers)
    return drawn


def _document(app: FastAPI) -> dict[str, object]:
    """The OpenAPI document, with the form of a problem in it."""
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes)
        schema = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
        parts = found.setdefault("components", {}).setdefault("schemas", {})
        parts |= schema.pop("$defs", {}) | {"ProblemBody": schema}
        for unused in ("HTTPValidationError", "ValidationError"):
            parts.pop(unused, None)
        app.openapi_schema = found
    return app.openapi_schema
