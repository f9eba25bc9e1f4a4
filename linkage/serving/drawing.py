"""Draws the pages: templates, words and language, and what stands on each."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from linkage.serving import forms
from linkage.serving.settings import Serving
from linkage.serving.site import Site
from linkage.serving.wording import LANGUAGES, Wording, chosen, wording

MENU = (
    ("/", "home"),
    ("/report", "report"),
    ("/more", "more"),
    ("/near", "near"),
    ("/join", "join"),
    ("/help", "help"),
)


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("linkage.serving"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True)  # fmt: skip


def words_for(request: Request, given: dict[str, str] | None = None) -> Wording:
    """The words in which somebody reads."""
    wish = (given or {}).get("lang") or request.query_params.get("lang", "")
    return chosen(wish, request.headers.get("accept-language", ""))


def page(
    request: Request, settings: Serving, template: str, here: str, status: int = 200, **values: Any
) -> HTMLResponse:
    """A page. `here` is its address, `keep` what its address has to keep when the language is changed."""
    say = values.pop("say", None) or words_for(request)
    asked = "lang" in request.query_params or "lang" in values.get("given", {})

    def link(path: str, **query: str) -> str:
        whole = ({"lang": say.code} if asked else {}) | {name: value for name, value in query.items() if value}
        return f"{path}?{urlencode(whole)}" if whole else path

    fixed: dict[str, Any] = {
        "say": say, "english": wording("en"), "wordings": [wording(code) for code in LANGUAGES], "link": link,
        "menu": MENU, "here": here, "name": settings.name, "told": "", "keep": {}, "given": {},
    }  # fmt: skip
    text = _templates().get_template(template).render(fixed | values)
    return HTMLResponse(text, status, {"Content-Language": say.tag, "Vary": "Accept-Language"})


def form_page(
    request: Request, site: Site, template: str, here: str, status: int = 200, **values: Any
) -> HTMLResponse:
    """A page with a form: it carries what proves where it comes from, and a key under which it is kept once."""
    cookie = request.cookies.get(forms.COOKIE, "")
    fresh = not (16 <= len(cookie) <= 64 and cookie.isascii())
    cookie = forms.new_cookie() if fresh else cookie
    given = values.get("given", {})
    fixed = {
        "proof": forms.proof(site.key, cookie),
        "once": given.get("once") if values.pop("same", False) else forms.new_cookie(),
        "consent_names": forms.CONSENTS,
    }
    answer = page(request, site.settings, template, here, status, **fixed | values)
    if fresh:
        answer.set_cookie(forms.COOKIE, cookie, httponly=True, samesite="strict", secure=site.settings.secure)
    return answer
