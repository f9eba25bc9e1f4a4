"""What every request shares: the store, the settings, who may ask how often, and whose token it is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from linkage.serving.problems import Problem, too_often
from linkage.serving.rates import Rates, asker
from linkage.serving.settings import Serving
from linkage.serving.sisters import Sisters
from linkage.sharing.sending_settings import Sending, SendingError
from linkage.sharing.sending_settings import configured as sending
from linkage.store import Store
from linkage.store.tokens import Token, token_of

_BEARER = HTTPBearer(auto_error=False, description="A token of `linkage token add`.")


@dataclass(frozen=True)
class Site:
    """One server on one store. `key` signs forms; it lives as long as the server."""

    store: Store
    settings: Serving
    rates: Rates
    sisters: Sisters
    key: bytes = field(default_factory=lambda: os.urandom(32))

    def limit(self, kind: str, who: str) -> None:
        """Count a request. Problem 429 where it is one too many."""
        if seconds := self.rates.wait(kind, who):
            raise too_often(seconds)


def site_of(request: Request) -> Site:
    """The site that a request is to."""
    found: Site = request.app.state.site
    return found


def client_address(request: Request) -> str:
    """Who is asking, by address; in memory only."""
    return asker(request.client.host if request.client else None)


def sending_settings() -> Sending:
    """The settings of sending. Problem 503 where the scheme sends nothing."""
    try:
        found = sending()
    except SendingError:
        found = None
    if found is None:
        raise Problem(503, "This scheme does not send alerts yet.")
    return found


def _token(request: Request, given: HTTPAuthorizationCredentials | None, scope: str) -> Token:
    site = site_of(request)
    site.limit("all", client_address(request))
    found = token_of(site.store, given.credentials) if given else None
    if found is None:
        raise Problem(401, "Show a token that holds: Authorization: Bearer TOKEN.", {"WWW-Authenticate": "Bearer"})
    if scope not in found.scopes:
        raise Problem(403, f"This token is not for that: it lacks the scope {scope}.")
    site.limit("report_token" if scope == "report" else scope, found.id)
    return found


Given = Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]


def _for_reports(request: Request, given: Given) -> Token:
    return _token(request, given, "report")


def _for_alerts(request: Request, given: Given) -> Token:
    return _token(request, given, "alerts")


def _for_search(request: Request, given: Given) -> Token:
    return _token(request, given, "search")


def _for_series(request: Request, given: Given) -> Token:
    return _token(request, given, "series")


def _for_preferences(request: Request, given: Given) -> Token:
    return _token(request, given, "preferences")


SiteOf = Annotated[Site, Depends(site_of)]
ForReports = Annotated[Token, Depends(_for_reports)]
ForAlerts = Annotated[Token, Depends(_for_alerts)]
ForSearch = Annotated[Token, Depends(_for_search)]
ForSeries = Annotated[Token, Depends(_for_series)]
ForPreferences = Annotated[Token, Depends(_for_preferences)]
