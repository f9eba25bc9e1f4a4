"""Pages for a phone: tell what happened, add to it, read it again, alerts, help, joining and leaving. No script."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from linkage.intake.gazetteer.tables import region_names
from linkage.serving import forms
from linkage.serving.api import keep, published
from linkage.serving.drawing import form_page, page, words_for
from linkage.serving.problems import Problem
from linkage.serving.signposts import for_area, signposts
from linkage.serving.site import Site, SiteOf, client_address
from linkage.serving.wording import Wording
from linkage.sharing import subscription
from linkage.sharing.sending_settings import SendingError
from linkage.sharing.sending_settings import configured as sending
from linkage.sharing.subscription import SubscriptionError
from linkage.store import quarantine
from linkage.store.quarantine import PAGE, Arrival, Item
from linkage.store.report_number import canonical_number, is_number

router = APIRouter(include_in_schema=False)
KINDS = ("person", "project", "establishment")
_ONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
BY_PAGE = "by page"


async def _typed(request: Request) -> dict[str, str]:
    return await forms.typed(await request.body(), request.headers.get("content-type", ""))


Given = Annotated[dict[str, str], Depends(_typed)]


@router.get("/")
def start(request: Request, site: SiteOf) -> HTMLResponse:
    """The first page."""
    return page(request, site.settings, "start.html", "/", who=forms.WHO)


@router.get("/style.css")
def style() -> Response:
    """The style sheet of all pages."""
    return Response((files("linkage.serving") / "style.css").read_text(encoding="utf-8"), media_type="text/css")


@router.get("/exit")
def leave_now(request: Request, site: SiteOf) -> Response:
    """Away from here: to the address that the scheme chose, or to a page that says nothing."""
    forget = {"Clear-Site-Data": '"cache", "cookies", "storage"'}
    if site.settings.exit_to:
        return RedirectResponse(site.settings.exit_to, 303, forget)
    answer = page(request, site.settings, "blank.html", "/exit")
    answer.headers.update(forget)
    return answer


@router.get("/report")
def report_form(request: Request, site: SiteOf) -> HTMLResponse:
    """The incident form for a kind of member."""
    who = request.query_params.get("who", "")
    return _report_page(request, site, who if who in forms.WHO else forms.WHO[0], {}, "")


@router.post("/report")
def report(request: Request, site: SiteOf, given: Given) -> HTMLResponse:
    """Take a report, or a part of one that is added to later."""
    who = given.get("who") if given.get("who") in forms.WHO else forms.WHO[0]
    say = words_for(request, given)
    values = forms.report_of(given, str(who), say.code)
    partial = given.get("act") == "save"
    third = given.get("other") == "yes" or who == "project"
    kind = "partial" if partial else "third_party" if third else "full"
    told = _holds(values)

    def again(words: str, status: int, same: bool) -> HTMLResponse:
        return _report_page(request, site, str(who), given, say(words), status, same)

    return _sent(request, site, given, Arrival(PAGE, kind, values, given.get("once", "")), told, again, say)


def _report_page(
    request: Request, site: Site, who: str, given: dict[str, str], told: str, status: int = 200, same: bool = False
) -> HTMLResponse:
    return form_page(
        request, site, "report.html", "/report", status, kind=who, form=forms.parts_for(who), given=given, told=told,
        keep={"who": who}, same=same, say=words_for(request, given),
    )  # fmt: skip


@router.get("/more")
def more_form(request: Request, site: SiteOf) -> HTMLResponse:
    """Add to a report, or read it again."""
    return form_page(request, site, "more.html", "/more")


@router.post("/more")
def more(request: Request, site: SiteOf, given: Given) -> HTMLResponse:
    """Take a follow-up to a number. Nothing of the report is shown, and nobody learns whether it is there."""
    say, number = words_for(request, given), given.get("number", "")

    def again(words: str, status: int, same: bool) -> HTMLResponse:
        return form_page(
            request, site, "more.html", "/more", status, given=given, told=say(words), same=same, say=say
        )

    if not is_number(number):
        return again("bad_number", 422, True)
    plain = {name: words for name, words in given.items() if name == "narrative" or name.startswith("consent.")}
    values = forms.report_of(plain, forms.WHO[0], say.code)
    values.pop("source")
    arrival = Arrival(PAGE, "follow_up", values, given.get("once", ""), canonical_number(number))
    return _sent(request, site, given, arrival, "narrative" in values, again, say)


@router.post("/told")
def submission_page(request: Request, site: SiteOf, given: Given) -> HTMLResponse:
    """Show what was told to whoever holds number and code."""
    say = words_for(request, given)

    def again(words: str, status: int) -> HTMLResponse:
        return form_page(request, site, "more.html", "/more", status, told=say(words), say=say)

    if not forms.is_ours(site.key, request.cookies.get(forms.COOKIE, ""), given):
        return again("again", 403)
    if site.rates.wait("code", client_address(request)):
        return again("error_too_often", 429)
    if not is_number(given.get("number", "")):
        return again("bad_number", 422)
    found = quarantine.submission(site.store, given["number"], given.get("code", ""))
    if found is None:
        return again("not_found", 404)
    taken = found.state == quarantine.TAKEN
    return page(
        request, site.settings, "told.html", "/more", lines=_lines(site, found), taken=taken, say=say, given=given
    )


@router.get("/near")
def near(request: Request, site: SiteOf) -> HTMLResponse:
    """Published alerts of a region."""
    region = _region(request)
    found = published(site, region) if site.settings.alerts_on_pages else []
    return page(request, site.settings, "near.html", "/near", regions=region_names(), region=region, alerts=found,
                keep={"region": region})  # fmt: skip


@router.get("/help")
def help_(request: Request, site: SiteOf) -> HTMLResponse:
    """Emergency numbers and services of an area."""
    region = _region(request)
    found = for_area(signposts(site.settings.signposts), region)
    return page(request, site.settings, "help.html", "/help", regions=region_names(), region=region, services=found,
                keep={"region": region})  # fmt: skip


@router.get("/join")
def join_form(request: Request, site: SiteOf) -> HTMLResponse:
    """Ask for alerts."""
    return _join_page(request, site, {}, "")


@router.post("/join")
def join(request: Request, site: SiteOf, given: Given) -> HTMLResponse:
    """Put somebody on the list who asks for it. The answer is the same whether they were on it."""
    say, settings = words_for(request, given), _sending()
    if settings is None or not forms.is_ours(site.key, request.cookies.get(forms.COOKIE, ""), given):
        return _join_page(request, site, given, say("again"), 403)
    if site.rates.wait("join", client_address(request)):
        return _join_page(request, site, given, say("error_too_often"), 429)
    wish = subscription.Request(
        kind=given.get("kind", "") if given.get("kind") in KINDS else KINDS[0],
        channel=given.get("channel", ""),
        address=given.get("address", ""),
        regions=(given["region"],) if given.get("region") else (),
        language=say.code,
        terms=given.get("terms", ""),
    )
    try:
        subscription.join(site.store, settings, wish, region_names(), BY_PAGE)
    except (SubscriptionError, SendingError):
        return _join_page(request, site, given, say("join_bad"), 422)
    return page(
        request, site.settings, "told_only.html", "/join", heading="join_title", told=say("join_done"), say=say
    )


def _join_page(request: Request, site: Site, given: dict[str, str], told: str, status: int = 200) -> HTMLResponse:
    settings = _sending()
    return form_page(
        request, site, "join.html", "/join", status, given=given, told=told, kinds=KINDS, regions=region_names(),
        channels=settings.channels() if settings else (), version=settings.terms if settings else "",
        say=words_for(request, given),
    )  # fmt: skip


@router.get("/{wish}/{code}", name="by_code")
def code_form(request: Request, site: SiteOf, wish: str, code: str) -> HTMLResponse:
    """What a code in a message is for, with a button: opening the address does nothing yet."""
    _wish(wish)
    return page(request, site.settings, "code.html", f"/{wish}/{code}", wish=wish, done=False)


@router.post("/{wish}/{code}")
def by_code(request: Request, site: SiteOf, wish: str, code: str) -> HTMLResponse:
    """Confirm or leave: the code proves the wish, wherever the button was pressed."""
    _wish(wish)
    say, settings = words_for(request), _sending()
    site.limit("code", client_address(request))
    try:
        if settings is None:
            raise SubscriptionError
        (subscription.confirm if wish == subscription.CONFIRM else subscription.leave)(site.store, settings, code)
    except (SubscriptionError, SendingError):
        return page(request, site.settings, "code.html", "/", 404, wish=wish, done=True, told=say("code_bad"))
    return page(request, site.settings, "code.html", "/", wish=wish, done=True, told=say(f"{wish}_done"))


def _wish(wish: str) -> None:
    if wish not in (subscription.CONFIRM, subscription.LEAVE):
        raise Problem(404, "There is no such page.")


def _sent(
    request: Request, site: Site, given: dict[str, str], arrival: Arrival, holds: bool,
    again: Callable[[str, int, bool], HTMLResponse], say: Wording,
) -> HTMLResponse:  # fmt: skip
    """Keep an arrival and tell its number, or say why not, with everything that was typed."""
    if refused := _refused(request, site, given, arrival, holds):
        return again(*refused)
    try:
        receipt = keep(site, arrival)
    except Problem as problem:
        return again("again" if problem.status == 409 else "error_full", problem.status, problem.status != 409)
    except Exception:  # a busy store, a full disk: what somebody told is theirs to send again, whatever went wrong
        return again("error_failed", 500, True)
    return page(request, site.settings, "thanks.html", "/", receipt=receipt, say=say, given=given)


def _refused(
    request: Request, site: Site, given: dict[str, str], arrival: Arrival, holds: bool
) -> tuple[str, int, bool] | None:
    """Why an arrival is not to be kept: the name of the words, the status, and whether its key still stands."""
    if not forms.is_ours(site.key, request.cookies.get(forms.COOKIE, ""), given) or not _ONCE.fullmatch(arrival.key):
        return "again", 403, False
    if not holds:
        return "empty", 422, True
    if forms.too_long(given):
        return "too_long", 422, True
    if site.rates.wait("report", client_address(request)):
        return "error_too_often", 429, True
    return None


def _holds(values: dict[str, Any]) -> bool:
    return bool(values.keys() - {"consent", "source", "language"})


def _lines(site: Site, found: Item) -> list[tuple[str, str]]:
    """What was told, field by field in the order of the form; once it was taken in, the words that are kept."""
    if found.state == quarantine.TAKEN:
        report = site.store.report(found.number)
        return [("narrative", report.narrative or "")] if report else []
    told = [(one.says, _at(found.values, one.field.split("."))) for part in forms.parts() for one in part.fields]
    return [(says, words) for says, words in told if words]


def _at(values: Any, path: list[str]) -> str:
    for step in path:
        if isinstance(values, list):
            place = int(step) - 1 if step.isdigit() else -1
            values = values[place] if 0 <= place < len(values) else None
        else:
            values = values.get(step) if hasattr(values, "get") else None
    return "" if values is None else str(values)


def _region(request: Request) -> str:
    region = request.query_params.get("region", "")
    return region if region in region_names() else ""


def _sending() -> Any:
    try:
        return sending()
    except SendingError:
        return None
