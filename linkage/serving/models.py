"""What the API takes and gives. A report has the fields of the report format, and none for whoever reports."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from linkage.intake.gazetteer.tables import region_names

Short = Annotated[str, StringConstraints(max_length=300)]
Long = Annotated[str, StringConstraints(max_length=2_000)]
Told = Annotated[str, StringConstraints(min_length=1, max_length=30_000)]
Number = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,100}$")]
Region = StrEnum("Region", {name: name for name in region_names()})  # type: ignore[misc]
"""Regions that there are."""


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ConsentIn(_In):
    """What the person who reports agrees to, each asked in plain words. Missing means no."""

    alert: bool = False
    police: bool = False
    scas: bool = False


class SourceIn(_In):
    """Who reports, by kind alone."""

    kind: Literal["individual", "project", "establishment", "online", "police", "other"]


class OccurredIn(_In):
    """When it happened, as exact as known, in words or dates."""

    from_: Short = Field("", alias="from")
    to: Short = ""


class PlaceIn(_In):
    """Where it happened."""

    text: Short = ""
    postcode: Short = ""
    venue: Short = ""


class ContactIn(_In):
    """How and where contact was made."""

    method: Short = ""
    place: Short = ""


class BehavioursIn(_In):
    """What was done, and what certainly was not. What stands in neither list is not known."""

    present: list[Short] = Field([], max_length=50)
    absent: list[Short] = Field([], max_length=50)


class PersonIn(_In):
    """A reported person as perceived, in words."""

    sex: Short = ""
    age: Short = ""
    height: Short = ""
    build: Short = ""
    ethnicity: Short = ""
    complexion: Short = ""
    hair: Short = ""
    facial_hair: Short = ""
    eyes: Short = ""
    accent: Short = ""
    marks: Short = ""
    clothing: Short = ""
    names_used: Short = ""
    other: Long = ""


class VehicleIn(_In):
    """A vehicle in words; in `registration` ? is one unknown character and * any number."""

    make: Short = ""
    model: Short = ""
    colour: Short = ""
    body: Short = ""
    registration: Short = ""
    features: Short = ""


class IdentifierIn(_In):
    """A contact detail that the reported person used."""

    kind: Literal["phone", "email", "username", "website", "other"]
    value: Short


class _Incident(_In):
    narrative: Told
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = None
    consent: ConsentIn = ConsentIn()
    source: SourceIn | None = None
    occurred: OccurredIn | None = None
    place: PlaceIn | None = None
    contact: ContactIn | None = None
    offences: list[Short] = Field([], max_length=20)
    behaviours: BehavioursIn | None = None
    suspects: list[PersonIn] = Field([], max_length=10)
    vehicles: list[VehicleIn] = Field([], max_length=10)
    identifiers: list[IdentifierIn] = Field([], max_length=20)
    weapons: list[Short] = Field([], max_length=20)
    speech: list[Short] = Field([], max_length=20)


class ReportIn(_Incident):
    """A report: whole, in part, or told for somebody else."""

    report_type: Literal["full", "partial", "third_party"]
    follows: Number | None = None


class FollowUpIn(_Incident):
    """More on a report whose number is known."""

    report_type: Literal["follow_up"]
    follows: Number


AnyReport = Annotated[ReportIn | FollowUpIn, Field(discriminator="report_type")]


class ReceiptOut(BaseModel):
    """What to keep: by number and code the report can be looked at again, by its number added to."""

    number: str
    code: str
    state: Literal["waiting"] = "waiting"


class AlertOut(BaseModel):
    """A published alert."""

    number: int
    version: int
    published: str
    language: str
    regions: list[str]
    text: str


class SearchIn(_In):
    """A question in words and fields, and what it is for."""

    purpose: Annotated[str, StringConstraints(pattern=r"^.*\S.*\S.*\S.*$", max_length=300)]
    words: Short = ""
    vehicle: Short = ""
    registration: Annotated[str, StringConstraints(max_length=20)] = ""
    person: Short = ""
    behaviour: list[Short] = Field([], max_length=10)
    near: Annotated[str, StringConstraints(max_length=100)] = ""
    within_km: float | None = Field(None, gt=0, le=1000)
    from_: Annotated[str, StringConstraints(max_length=60)] = Field("", alias="from")
    to: Annotated[str, StringConstraints(max_length=60)] = ""
    day_part: Annotated[str, StringConstraints(max_length=60)] = ""


class ReasonOut(BaseModel):
    """One part of a score: what agrees, differs or is not known, and its weight (log10 of a likelihood ratio)."""

    label: str
    says: str
    words: str
    weight: float


class FoundOut(BaseModel):
    """One report under the number that stands for it, cleared as for an export."""

    number: str
    score: float
    reasons: list[ReasonOut]
    report: dict[str, Any]


class AnswerOut(BaseModel):
    """What was found among the reports that may be shared, which are all that is counted here."""

    rows: list[FoundOut]
    notes: list[str]
    searched: int


class MemberOut(BaseModel):
    """A report of a series under the number that stands for it."""

    number: str
    role: str
    report: dict[str, Any]


class SeriesOut(BaseModel):
    """A candidate series with those of its reports that may be shared."""

    number: str
    members: list[MemberOut]


class SubscriberIn(_In):
    """Somebody who wants alerts and accepts the terms. A person gives no name."""

    kind: Literal["person", "project", "establishment", "police", "site"]
    channel: Literal["email", "text", "app", "feed"]
    terms: Annotated[str, StringConstraints(max_length=20)]
    address: Short = ""
    name: Short = ""
    regions: list[Annotated[Region, Field(strict=False)]] = Field([], max_length=20)
    groups: list[Annotated[str, StringConstraints(max_length=60)]] = Field([], max_length=20)
    least_risk: Literal["all", "high"] = "all"
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"


class CodeIn(_In):
    """A code that stood in a message."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=60)]


class PreferencesIn(CodeIn):
    """What a subscriber wants from now on; the code is the one that stands in every alert."""

    regions: list[Annotated[Region, Field(strict=False)]] = Field([], max_length=20)
    least_risk: Literal["all", "high"] = "all"
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"


class AcceptedOut(BaseModel):
    """The same whoever asked and whatever there was before."""

    state: Literal["accepted"] = "accepted"
