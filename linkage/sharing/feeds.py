"""Alerts that went out, as an Atom (RFC 4287) and a JSON feed (JSON Feed 1.1) for each region and for everywhere."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml

from linkage.output.files import private_folder, write_private
from linkage.sharing.circulation import allowed_now
from linkage.sharing.sending_settings import Feeds
from linkage.store import Store
from linkage.store.alert_record import AlertState
from linkage.store.alerts import read_alerts

ATOM, FEED_FORM = "http://www.w3.org/2005/Atom", "1.1"
EVERYWHERE = "all"


@dataclass(frozen=True, slots=True)
class Item:
    """One alert in a feed; `regions` are empty for everywhere, `at` is when it went out first (ISO 8601 UTC)."""

    number: int
    version: int
    at: str
    text: str
    language: str
    regions: tuple[str, ...]


def items(store: Store) -> list[Item]:
    """What the feeds hold, newest first: every alert that went out, in the version that did, and was not recalled."""
    found = []
    for history in read_alerts(store):
        sent = history.sent()
        allowed = allowed_now(store, history)
        if not sent or history.recall_due(allowed) or history.state(allowed) is not AlertState.SENT:
            continue
        version = history.version(sent[-1].version)
        everywhere = any(not one.detail.get("regions") for one in sent)
        regions = () if everywhere else tuple(sorted({name for one in sent for name in one.detail["regions"]}))
        found.append(
            Item(history.number, version.version, sent[0].at or "", version.texts["email"], version.language, regions)
        )
    return sorted(found, key=lambda one: (one.at, one.number), reverse=True)


def write_feeds(store: Store, settings: Feeds) -> list[Path]:
    """Write the feeds anew, one pair of files a region that has alerts and one with all; returns the files.

    A recalled alert is gone from them with the next writing.
    """
    folder, every = private_folder(settings.folder), items(store)
    regions = sorted({name for one in every for name in one.regions})
    written = []
    for region in (EVERYWHERE, *regions):
        chosen = [one for one in every if region == EVERYWHERE or not one.regions or region in one.regions]
        name = f"alerts-{slug(region)}"
        for ending, text in (("atom", atom(chosen, region, settings.address)), ("json", json_feed(chosen, region))):
            file = folder / f"{name}.{ending}"
            write_private(file, text)
            written.append(file)
    for file in folder.glob("alerts-*.*"):
        if file not in written:
            write_private(file, atom([], "", "") if file.suffix == ".atom" else json_feed([], ""))
    return written


def atom(found: list[Item], region: str, address: str) -> str:
    """An Atom feed."""
    Xml.register_namespace("", ATOM)
    feed = Xml.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", _title(region))
    _add(feed, "id", f"urn:linkage:alerts:{slug(region)}")
    _add(feed, "updated", found[0].at if found else "1970-01-01T00:00:00Z")
    if address:
        Xml.SubElement(feed, f"{{{ATOM}}}link", rel="self", href=f"{address.rstrip('/')}/alerts-{slug(region)}.atom")
    author = Xml.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", "Alerts")
    for one in found:
        entry = Xml.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "title", f"Alert {one.number}")
        _add(entry, "id", f"urn:linkage:alert:{one.number}")
        _add(entry, "updated", one.at)
        content = Xml.SubElement(entry, f"{{{ATOM}}}content", type="text")
        content.set("{http://www.w3.org/XML/1998/namespace}lang", one.language)
        content.text = one.text
    return Xml.tostring(feed, encoding="unicode", xml_declaration=True) + "\n"


def json_feed(found: list[Item], region: str) -> str:
    """A JSON feed."""
    plain = [
        {
            "id": f"alert:{one.number}",
            "title": f"Alert {one.number}",
            "content_text": one.text,
            "date_published": one.at,
            "language": one.language,
            "tags": list(one.regions),
        }
        for one in found
    ]
    # the form's own name for itself is the address of its text, which nothing here asks for
    form = f"https://jsonfeed.org/version/{FEED_FORM}"
    return json.dumps({"version": form, "title": _title(region), "items": plain}, ensure_ascii=False, indent=1) + "\n"


def slug(region: str) -> str:
    """A region as part of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", region.casefold()).strip("-") or EVERYWHERE


def _title(region: str) -> str:
    return "Alerts" if region in ("", EVERYWHERE) else f"Alerts: {region}"


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{ATOM}}}{name}").text = text
