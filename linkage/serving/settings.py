"""How it is served: the shipped figures (serving.toml), and what a scheme changes in a file of its own."""

from __future__ import annotations

import os
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from linkage.arguments import shown
from linkage.errors import LinkageError, why
from linkage.wrong_settings import fault

VARIABLE = "LINKAGE_SERVING"
_ADDRESS = re.compile(r"(|https?://[^\s\"'<>]+)")


class ServingError(LinkageError, ValueError):
    """It cannot be served as it is configured; the message names the file, the field and the cure."""


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise ValueError(f"{shown(value)} is no address; write it whole, as a browser shows it")
    return value


class Rate(BaseModel):
    """So many requests in so many seconds, for each token or address."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    requests: int = Field(ge=1)
    seconds: float = Field(gt=0, allow_inf_nan=False)


class Serving(BaseModel):
    """Everything that can be set. `exit_to` is where the quick exit leads, `signposts` a file in the form of the
    shipped one; `secure` marks the cookie for TLS alone, `proxy` believes a server in front on who is asking."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = Field(max_length=100, description="of the scheme, on every page")
    exit_to: Annotated[str, AfterValidator(_address)]
    signposts: Path | None = None
    alerts_on_pages: bool
    secure: bool
    proxy: bool
    body_bytes: int = Field(ge=1000)
    body_seconds: float = Field(gt=0, allow_inf_nan=False)
    head_seconds: float = Field(gt=0, allow_inf_nan=False)
    connections: int = Field(ge=1)
    connections_each: int = Field(ge=1)
    most_waiting: int = Field(ge=1)
    rates: dict[str, Rate]


def configured(file: Path | None = None) -> Serving:
    """The settings in force: those of a file, by default the one that LINKAGE_SERVING names, over the shipped ones.
    ServingError for a file that cannot be used."""
    shipped = tomllib.loads((files("linkage.serving") / "serving.toml").read_text(encoding="utf-8"))
    named = os.environ.get(VARIABLE)
    file = file or (Path(named) if named else None)
    if file is None:
        return Serving.model_validate(shipped)
    try:
        own = tomllib.loads(file.read_text(encoding="utf-8"))
        served = Serving.model_validate(_over(shipped, own, file.parent))
    except OSError as error:
        raise ServingError(f"The settings {file} cannot be read: {why(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ServingError(f"{file} is no TOML: {error}") from error
    except ValidationError as error:
        raise ServingError(f"{file}: {fault(error, Serving)}") from error
    if unknown := sorted(served.rates.keys() - shipped["rates"].keys()):
        known = ", ".join(shipped["rates"])
        raise ServingError(f"{file}: rates.{unknown[0]} is no rate; take it out, or use one of {known}")
    return served


def _over(shipped: dict[str, Any], own: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What a file says over what is shipped; what has another form than that is left for the model to refuse."""
    both = {**shipped, **own}
    if isinstance(own.get("rates"), dict):
        both["rates"] = {**shipped["rates"], **own["rates"]}
    if isinstance(own.get("signposts"), str):
        both["signposts"] = folder / own["signposts"]
    return both
