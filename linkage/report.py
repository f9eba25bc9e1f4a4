"""The one domain model: a report of violence in canonical form (contract section 2).

Everything that is read, kept, scored, searched or shown is a `Report`. Three rules hold for every field:

* a value that is not known is `None` or an empty list, and that is *not recorded*, never "absent";
* `raw` on a part keeps the words a value was read from, keyed by the field's name;
* `spans` on a part gives, for a value that came out of free text, its character spans in `narrative`.

There is no field for the person who reported or was harmed, and none may be added.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, PrivateAttr

Span = tuple[int, int]

WHOLE_TEXT = "the whole text"
"""What stands in `raw` for a value that no few words tell but a whole text; its list in `spans` is empty."""


def quoted(words: str) -> str:
    """Words that a value rests on as they are shown: in quotation marks, unless it rests on a whole text."""
    return words if words in ("", WHOLE_TEXT) else f"“{words}”"


def _listed(value: Any) -> Any:
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def _single_or_list(values: list[str]) -> str | list[str] | None:
    return None if not values else values[0] if len(values) == 1 else values


LATER = ("language", "translation")
"""Fields that came later: where they are not known they are left out, as in reports that were kept before."""

PROVENANCE = ("raw", "spans", "probability", "item_probability")
"""Fields that say where values came from and how sure they are: left out where they are empty."""

Alternatives = Annotated[
    list[str],
    BeforeValidator(_listed),
    PlainSerializer(_single_or_list, return_type=str | list[str] | None),
]
"""One value, or several that the witness could not choose between. Serialised as a string when there is one."""


Probability = Annotated[float, Field(ge=0, le=1)]


class Part(BaseModel):
    """A piece of a report that remembers where its values came from."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    raw: dict[str, str] = Field(default_factory=dict, description="field name -> the words it was read from")
    spans: dict[str, list[Span]] = Field(
        default_factory=dict, description="field name -> character spans [start, end) in the narrative"
    )


class Range(BaseModel):
    """A closed interval; an open end is None ("over 6 ft" has no max)."""

    model_config = ConfigDict(extra="forbid")
    min: float | None = None
    max: float | None = None


class Source(BaseModel):
    """Who passed the report on, and its 3x5x2 grading (College of Policing APP)."""

    model_config = ConfigDict(extra="forbid")
    kind: str | None = Field(None, description="individual, project, establishment, online, police, other")
    evaluation: int | None = Field(None, ge=1, le=3, description="source: 1 reliable, 2 untested, 3 not reliable")
    assessment: str | None = Field(
        None, pattern="^[A-E]$", description="information: A known directly .. E suspected false"
    )
    handling: str | None = Field(None, pattern="^[PC]$", description="P lawful sharing permitted, C with conditions")


class Consent(BaseModel):
    """What the person who reported allows. Missing means no."""

    model_config = ConfigDict(extra="forbid")
    alert: bool = False
    police: bool = False
    scas: bool = False


class Occurred(Part):
    """When the incident happened, as exactly as it is known."""

    from_: str | None = Field(None, alias="from", description="ISO 8601 date or local date-time, earliest")
    to: str | None = Field(None, description="ISO 8601 date or local date-time, latest")
    weekday: str | None = Field(None, description="English weekday as the report gives it, title case")
    hour_min: float | None = Field(None, ge=0, le=24, description="clock time, hours with decimals")
    hour_max: float | None = Field(None, ge=0, le=24, description="may be below hour_min across midnight")

    @property
    def days(self) -> tuple[int, int] | None:
        """First and last possible day as proleptic Gregorian ordinals, or None when no date is known."""
        if self.from_ is None:
            return None
        first = date.fromisoformat(self.from_[:10]).toordinal()
        last = date.fromisoformat(self.to[:10]).toordinal() if self.to else first
        return first, max(first, last)


class Admin(BaseModel):
    """Administrative areas a place lies in."""

    model_config = ConfigDict(extra="forbid")
    police_force: str | None = Field(None, description="territorial force, curated table; doubtful at borders")
    region: str | None = Field(None, description="English region, Wales, Scotland or Northern Ireland")


class Place(Part):
    """Where the incident happened."""

    text: str | None = Field(None, description="the place as named")
    postcode: str | None = Field(None, description="UK postcode, district or sector, upper case")
    town: str | None = Field(None, description="town or city it resolved to")
    lat: float | None = Field(None, ge=-90, le=90, description="WGS84 degrees")
    lon: float | None = Field(None, ge=-180, le=180, description="WGS84 degrees")
    radius_m: float | None = Field(None, ge=0, description="about 90 % of the true place lies within, metres")
    precision: str | None = Field(None, description="address, street, district, town, region")
    admin: Admin = Field(default_factory=Admin)
    venue: str | None = Field(None, description="kind of place, key of the venues vocabulary")


class Contact(Part):
    """How and where contact was made."""

    method: str | None = Field(None, description="key of the contact_methods vocabulary")
    place: str | None = Field(None, description="short lower-case words")


class Behaviours(BaseModel):
    """Behaviour variables. What stands in neither list is not recorded, which is not absent."""

    model_config = ConfigDict(extra="forbid")
    present: list[str] = Field(default_factory=list, description="keys of the behaviours vocabulary, or own words")
    absent: list[str] = Field(default_factory=list, description="said not to have happened")
    probability: dict[str, Probability] = Field(
        default_factory=dict, description="key -> probability that the narrative tells it as done, from .1 on"
    )
    item_probability: dict[str, Probability] = Field(
        default_factory=dict, description="item of the vocabulary -> probability that one of its keys is told as done"
    )
    _withheld: frozenset[str] = PrivateAttr(frozenset())

    @property
    def withheld(self) -> frozenset[str]:
        """What is told and counts as not known, as the reporter may have it from elsewhere. It is in no file."""
        return self._withheld

    def withhold(self, items: Collection[str]) -> Behaviours:
        """The same with those of `items` that are told not known, each by itself."""
        found = self.model_copy(update={"present": [one for one in self.present if one not in items]})
        found._withheld = self._withheld | {one for one in self.present if one in items}
        return found


class Hair(BaseModel):
    """Hair as seen: basic colours and style words (bald, shaved, short, long, curly ...)."""

    model_config = ConfigDict(extra="forbid")
    colour: list[str] = Field(default_factory=list)
    style: list[str] = Field(default_factory=list)


class Person(Part):
    """One reported person, as described. Every attribute is what somebody perceived."""

    sex: str | None = Field(None, description="male, female, other")
    age: Range | None = Field(None, description="years")
    height_cm: Range | None = Field(None, description="centimetres")
    build: Alternatives = Field(default_factory=list, description="slim, medium, athletic, muscular, stocky, large")
    ethnicity: Alternatives = Field(default_factory=list, description="perceived; sensitive; contract section 2 keys")
    complexion: str | None = Field(None, description="perceived; sensitive; e.g. olive, dark, pale")
    hair: Hair | None = None
    facial_hair: list[str] = Field(
        default_factory=list, description="clean-shaven, stubble, beard, moustache, goatee, sideburns"
    )
    eyes: str | None = Field(None, description="eye colour")
    glasses: bool | None = Field(None, description="sunglasses are clothing")
    accent: list[str] = Field(default_factory=list, description="short lower-case phrases")
    marks: list[str] = Field(default_factory=list, description="tattoos, scars, teeth ...; short lower-case phrases")
    clothing: list[str] = Field(default_factory=list, description="short lower-case phrases")
    names_used: list[str] = Field(default_factory=list, description="names the reported person gave")
    other: str | None = Field(None, description="anything else said about the person")


_VAGUE_BODIES = frozenset(("car", "taxi", "hatchback", "saloon", "estate"))
"""Bodies that one and the same car may be called."""


class Vehicle(Part):
    """One vehicle used by the reported person."""

    make: str | None = Field(None, description="maker's own spelling")
    model: str | None = Field(None, description="maker's own spelling")
    colour: list[str] = Field(default_factory=list, description="basic colours; several when unsure or two-tone")
    body: str | None = Field(None, description="car, hatchback, saloon, estate, 4x4, van ...")
    registration: str | None = Field(None, description="upper case, no spaces; ? one unknown character, * any number")
    features: list[str] = Field(default_factory=list, description="short lower-case phrases")

    def differs(self, other: Vehicle) -> bool:
        """Whether two descriptions cannot be of one vehicle."""
        for field in ("make", "model", "registration"):
            known, read = getattr(self, field), getattr(other, field)
            if known and read and known != read and (field != "registration" or not {*"?*"} & {*known, *read}):
                return True
        if self.colour and other.colour and set(self.colour).isdisjoint(other.colour):
            return True
        if not self.body or not other.body or self.body == other.body:
            return False
        bodies = {self.body, other.body} - _VAGUE_BODIES
        return len(bodies) > 1 or "van" in bodies


class Identifier(Part):
    """A contact identifier used by the reported person."""

    kind: str = Field(description="phone, email, username, website, other")
    value: str = Field(description="normalised: digits with leading 0 or +; lower case; ? and * for unknown parts")


class Translation(BaseModel):
    """A narrative in English, beside the original in its own language."""

    model_config = ConfigDict(extra="forbid")
    text: str
    translator: str = Field("not known", description="a person's role or a program, never somebody's name")
    checked: bool = Field(False, description="has somebody who knows both languages read it?")
    date: str | None = Field(None, description="ISO 8601 date it was made")


class Report(Part):
    """One report in canonical form. `series` is a known label: for training and evaluation, never evidence."""

    report_id: str
    report_type: str | None = Field(None, description="full, partial, follow_up, third_party")
    follows: str | None = Field(None, description="report_id of the report on the same incident")
    received: str | None = Field(None, description="ISO 8601 date the report was made")
    source: Source = Field(default_factory=Source)
    consent: Consent = Field(default_factory=Consent)
    occurred: Occurred = Field(default_factory=Occurred)
    place: Place = Field(default_factory=Place)
    contact: Contact = Field(default_factory=Contact)
    offences: list[str] = Field(default_factory=list, description="keys of the offences vocabulary, or own words")
    behaviours: Behaviours = Field(default_factory=Behaviours)
    suspects: list[Person] = Field(default_factory=list, description="the reported people")
    vehicles: list[Vehicle] = Field(default_factory=list)
    identifiers: list[Identifier] = Field(default_factory=list)
    weapons: list[str] = Field(default_factory=list, description="keys of the weapons vocabulary, or own words")
    speech: list[str] = Field(default_factory=list, description="what the reported person said, in their words")
    narrative: str | None = None
    language: str | None = Field(None, description="of the narrative, ISO 639-1; said or detected")
    translation: Translation | None = Field(None, description="of a narrative in another language")
    series: str | None = None
    warnings: list[str] = Field(default_factory=list, description="contradictions noticed while reading")

    def names_of(self, person: Person) -> list[str]:
        """The names a person gave but for accounts that stand among the identifiers too: there they are masked."""
        accounts = {_account(one.value) for one in self.identifiers}
        return [name for name in person.names_used if _account(name) not in accounts]

    def to_json(self) -> dict[str, Any]:
        """Canonical form as plain JSON values, contract names, without empty provenance."""
        plain: dict[str, Any] = _without_empty_provenance(self.model_dump(mode="json", by_alias=True))
        return {name: value for name, value in plain.items() if value is not None or name not in LATER}


def _account(name: str) -> str:
    return "".join(name.casefold().split()).lstrip("@")


def _without_empty_provenance(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_empty_provenance(item)
            for key, item in value.items()
            if not (key in PROVENANCE and not item)
        }
    return [_without_empty_provenance(item) for item in value] if isinstance(value, list) else value
