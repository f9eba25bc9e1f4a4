"""Whom to turn to, by area: the shipped list, or a scheme's own in the same form."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from linkage.errors import why
from linkage.serving.settings import ServingError

EVERYWHERE = "UK"
TO_FILL_IN = "[G]"
"""Begins an entry that a scheme still has to fill in: it is on no page."""


@dataclass(frozen=True, slots=True)
class Signpost:
    """A service: its name, its area, the words that say when to turn to it (`when` of messages/*.toml, or the
    scheme's own in `words`), the number to `call` (empty for none), and regions of the area where it is not there."""

    name: str
    area: str = EVERYWHERE
    when: str = "help_own"
    words: str = ""
    call: str = ""
    not_in: tuple[str, ...] = ()


def signposts(file: Path | None = None) -> list[Signpost]:
    """Every service of a file, by default of the shipped one. ServingError for a file that cannot be used."""
    shown = file or "signposts.toml"
    try:
        text = (file or files("linkage.serving") / "signposts.toml").read_text(encoding="utf-8")
        return [_signpost(one) for one in tomllib.loads(text)["entries"]]
    except OSError as error:
        raise ServingError(f"{shown} cannot be read: {why(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise ServingError(f"{shown} is no list of services: {error}") from error


def for_area(found: list[Signpost], area: str) -> list[Signpost]:
    """Those of an area and those for everywhere, its own first; all for everywhere where none is chosen."""
    named = [one for one in found if not one.name.startswith(TO_FILL_IN)]
    own = [one for one in named if area and one.area == area]
    return own + [one for one in named if one.area == EVERYWHERE and area not in one.not_in]


def _signpost(given: dict[str, Any]) -> Signpost:
    return Signpost(**{**given, "not_in": tuple(given.get("not_in", ()))})
