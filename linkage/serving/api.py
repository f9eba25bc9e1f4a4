"""The HTTP API: reports in, alerts out, subscribers, and what sister schemes may ask."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from starlette.responses import Response

from linkage.intake.gazetteer.tables import region_names
from linkage.serving import models
from linkage.serving.problems import Problem, documented
from linkage.serving.site import ForAlerts, ForPreferences, ForReports, ForSearch, ForSeries, SiteOf, sending_settings
from linkage.sharing import feeds, subscription
from linkage.sharing.feeds import Item
from linkage.sharing.sending_settings import SendingError
from linkage.sharing.subscription import Request as Wish
from linkage.sharing.subscription import SubscriptionError
from linkage.store import quarantine
from linkage.store.quarantine import Arrival, FullError, OtherBodyError


def _known_query(request: Request) -> None:
    """Problem 422 for a query parameter that there is not: a filter that is spelt wrong must not answer with all."""
    names = {one.alias for one in request.scope["route"].dependant.query_params}
    if set(request.query_params) - names:
        raise Problem(422, f"A query parameter is not known. There is: {', '.join(sorted(names)) or 'none'}.")


_QUOTED = re.compile(r"(['\"]).*\1", re.DOTALL)
"""The words of a question in the error about them: who keeps answers, keeps none of what was asked."""
router = APIRouter(
    dependencies=[Depends(_known_query)], responses=documented(400, 401, 403, 408, 413, 415, 422, 429, 500)
)


@router.post("/reports", status_code=201, responses=documented(409, 503))
def send_report(
    report: models.AnyReport,
    site: SiteOf,
    token: ForReports,
    idempotency_key: Annotated[models.Key | None, Header()] = None,
) -> models.ReceiptOut:
    """Send a report: whole, in part, on behalf of somebody else, or a follow-up to a number.

    It waits until the scheme takes it in. With an `Idempotency-Key` (16 to 100 letters, figures, - and _) the same
    request can be sent again: it is kept once and answered alike; another request under that key is refused.
    """
    plain = report.model_dump(by_alias=True, exclude_unset=True, exclude={"report_type", "follows"})
    plain["consent"] = report.consent.model_dump()
    key = idempotency_key or secrets.token_urlsafe(24)
    arrival = Arrival(f"token {token.name}", report.report_type, plain, key, report.follows or "")
    receipt = keep(site, arrival)
    return models.ReceiptOut(number=receipt.number, code=receipt.code)


def keep(site: SiteOf, arrival: Arrival) -> quarantine.Receipt:
    """Keep an arrival. Problem 409 where its key came with another body, 503 where too much waits."""
    try:
        return quarantine.keep(site.store, arrival, site.settings.most_waiting)
    except OtherBodyError:
        raise Problem(409, "Another request came under this Idempotency-Key. Give this one its own.") from None
    except FullError:
        words = "Too much waits to be looked at. Nothing of this request was kept; send it again later."
        raise Problem(503, words, {"Retry-After": "3600"}) from None


@router.get("/alerts")
def alerts(
    site: SiteOf,
    token: ForAlerts,  # noqa: ARG001 - asked for by naming it
    region: Annotated[
        models.Region | None, Query(description="Only alerts for this region or for everywhere.")
    ] = None,
) -> list[models.AlertOut]:
    """Published alerts, the newest first; what was recalled is gone."""
    return [
        models.AlertOut(
            number=one.number, version=one.version, published=one.at, language=one.language,
            regions=list(one.regions), text=one.text,
        )
        for one in published(site, region)
    ]  # fmt: skip


def published(site: SiteOf, region: str | None) -> list[Item]:
    """Alerts that went out and are not recalled, for a region or for all."""
    return [one for one in feeds.items(site.store) if not region or not one.regions or region in one.regions]


@router.get("/feeds/{name}", responses={200: {"content": {"application/atom+xml": {}, "application/feed+json": {}}}},
            response_class=Response)  # fmt: skip
def feed(
    site: SiteOf,
    token: ForAlerts,  # noqa: ARG001
    name: Annotated[str, Path(pattern=r"^alerts-[a-z-]{1,40}\.(atom|json)$")],
) -> Response:
    """The feeds of published alerts: `alerts-all.atom`, `alerts-all.json`, and one pair for each region."""
    part, _, form = name.removeprefix("alerts-").rpartition(".")
    regions = {feeds.slug(one): one for one in region_names()}
    region = regions.get(part, "")
    if not region and part != feeds.EVERYWHERE:
        raise Problem(422, f"There is no such feed: use all, {', '.join(regions)}.")
    found = published(site, region)
    if form == "atom":
        return Response(feeds.atom(found, region or feeds.EVERYWHERE, ""), media_type="application/atom+xml")
    return Response(feeds.json_feed(found, region or feeds.EVERYWHERE), media_type="application/feed+json")


@router.post("/subscribers", status_code=202, responses=documented(503))
def join(wish: models.SubscriberIn, site: SiteOf, token: ForPreferences) -> models.AcceptedOut:
    """Put somebody on the list who asked for it. They get one message with a code, and alerts once they confirm."""
    plain = wish.model_dump()
    plain |= {"regions": tuple(map(str, wish.regions)), "groups": tuple(wish.groups)}
    try:
        subscription.join(site.store, sending_settings(), Wish(**plain), region_names(), f"token {token.name}")
    except SubscriptionError as error:
        raise Problem(422, str(error)) from None
    return models.AcceptedOut()


@router.post("/subscribers/confirm", responses=documented(404, 503))
def confirm(given: models.CodeIn, site: SiteOf, token: ForPreferences) -> models.AcceptedOut:
    """Confirm an address with the code that was sent to it."""
    site.limit("code", token.id)
    return by_code(lambda: subscription.confirm(site.store, sending_settings(), given.code))


@router.post("/subscribers/leave", responses=documented(404, 503))
def leave(given: models.CodeIn, site: SiteOf, token: ForPreferences) -> models.AcceptedOut:
    """Leave, with the code that stands in every alert: the address goes, and nothing more is sent there."""
    site.limit("code", token.id)
    return by_code(lambda: subscription.leave(site.store, sending_settings(), given.code))


@router.post("/subscribers/preferences", responses=documented(404, 503))
def prefer(given: models.PreferencesIn, site: SiteOf, token: ForPreferences) -> models.AcceptedOut:
    """Change regions, risk and language, with the code that stands in every alert."""
    site.limit("code", token.id)
    wanted = (tuple(map(str, given.regions)), given.least_risk, given.language)
    return by_code(lambda: subscription.prefer(site.store, sending_settings(), given.code, *wanted))


def by_code(act: Callable[[], object]) -> models.AcceptedOut:
    """Do what a code proves a wish for. Problem 404 for a code that is not known."""
    try:
        act()
    except (SubscriptionError, SendingError):
        raise Problem(404, "This code is not known, or what it was for is done.") from None
    return models.AcceptedOut()


@router.post("/search")
def search(asked: models.SearchIn, site: SiteOf, token: ForSearch) -> models.AnswerOut:
    """Search the reports that may be shared with sister schemes. What it is for stands in the audit."""
    from linkage.search import QuestionError  # with the engine, only where somebody searches

    try:
        return site.sisters.search(asked, f"token {token.name}")
    except QuestionError as error:
        raise Problem(422, _QUOTED.sub("what was sent", str(error))) from None


@router.get("/series")
def series(
    site: SiteOf,
    token: ForSeries,
    purpose: Annotated[str, Query(min_length=3, max_length=300, description="What it is for; kept in the audit.")],
) -> list[models.SeriesOut]:
    """Candidate series with those of their reports that may be shared, two at least."""
    return site.sisters.series(purpose, f"token {token.name}")
