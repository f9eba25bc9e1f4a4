"""Values in people's words: "mid 30s", "5ft 7", "vauxal astra", "JT12 A?C", "Fri 3rd May about half 10"."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from linkage.synthetic.parameters import Parameters, pick, read_table

_MONTHS = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DECADES = {2: "twenties", 3: "thirties", 4: "forties", 5: "fifties", 6: "sixties", 7: "seventies"}
_NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioopsdfghjkllxcvbnmn", strict=True))


class Wording:
    """Gives values the words of a witness. Every method takes the report's own random stream."""

    def __init__(self, params: Parameters) -> None:
        self.words: dict[str, Any] = read_table("words.toml")
        tables = self.words["contact_place"].values()
        self.contact_places: dict[str, list[str]] = {key: said for table in tables for key, said in table.items()}
        self.typo_share = params["report"]["typo"]
        self.speakers: dict[str, Callable[[random.Random, Any], str]] = {
            **{"age": self.age, "height": self.height, "make": self.make, "model": self.model},
            **{"accent": self.accent, "glasses": self.glasses, "sex": self.sex},
        }

    def say(self, rng: random.Random, name: str, value: Any) -> str:
        """Words for one fact of a person or vehicle; `name` as in `Told.facts`."""
        if name in self.speakers:
            return self.speakers[name](rng, value)
        if isinstance(value, list):
            return ", ".join(value)
        return self.slip(rng, pick(rng, self.words[name][value]))

    def model(self, rng: random.Random, model: str) -> str:
        """A model's name, perhaps in lower case."""
        return self.slip(rng, model.lower() if rng.random() < 0.5 else model)

    def accent(self, rng: random.Random, origin: str) -> str:
        """How somebody from a region, or from abroad, sounds."""
        table = self.words["accents"]
        found: str = pick(rng, table["foreign"] if origin == "foreign" else table["local"][origin])
        return found

    def glasses(self, rng: random.Random, worn: bool) -> str:
        """Glasses or none."""
        found: str = pick(rng, self.words["glasses"]["yes" if worn else "no"])
        return found

    def sex(self, rng: random.Random, sex: str) -> str:
        """What stands in the box."""
        return pick(rng, ["male", "Male", "M", "man"] if sex == "male" else ["female", "Female", "woman"])

    def age(self, rng: random.Random, years: int) -> str:
        """An age as told."""
        tens, digit = divmod(years, 10)
        part = "early" if digit <= 3 else "mid" if digit <= 6 else "late"
        decade = _DECADES.get(tens)
        form = int(rng.random() * 12)
        if decade and form <= 3:
            return f"{part}{pick(rng, [' ', '-'])}{pick(rng, [f'{tens}0s', decade, f'{tens}0' + chr(39) + 's'])}"
        if decade and form == 4:
            return pick(rng, [f"{tens}0s", f"in his {tens}0s"])
        low = years - 2 if digit % 5 else years
        if form <= 6:
            return pick(rng, [f"{low}-{low + 5}", f"{low} to {low + 5}", f"between {low} and {low + 5}"])
        if form == 7:
            return f"{years}ish"
        return pick(
            rng, [str(years), str(years), f"about {years}", f"around {years}", f"approx {years}", f"{years} yrs"]
        )

    def height(self, rng: random.Random, cm: float) -> str:
        """A height as told: mostly feet and inches, heaped on two-inch steps."""
        if rng.random() < 0.15:
            near = 5 * round(cm / 5) if rng.random() < 0.7 else round(cm)
            return pick(rng, [f"{near}cm", f"about {near}cm", f"{near / 100:.2f}m", f"{near} cm"])
        inches = round(cm / 2.54)
        if rng.random() < 0.5:
            inches = 2 * round(inches / 2)
        feet, rest = divmod(inches, 12)
        form = int(rng.random() * 8)
        if rest == 0:
            return pick(rng, [f"{feet}ft", f"{feet} foot", f"about {feet}ft", f"just under {feet} ft", f"{feet}'0\""])
        if form == 0:
            return f"over {feet}ft" if rest > 2 else f"{feet}'{rest}\""
        if form == 1 and rest < 11:
            return pick(rng, [f"{feet}'{rest}-{feet}'{rest + 1}", f"{feet}ft{rest} to {feet}ft{rest + 1}"])
        return pick(
            rng,
            [
                *(
                    f"{feet}ft {rest}",
                    f"{feet}'{rest}\"",
                    f"{feet} ft {rest}",
                    f"{feet}ft{rest}",
                    f"{feet} foot {rest}",
                ),
                *(f"about {feet}ft {rest}", f"{feet}'{rest}", f"around {feet} foot {rest}", f"{feet}ft {rest}in"),
            ],
        )

    def make(self, rng: random.Random, make: str) -> str:
        """A maker's name, nicknamed or misspelt."""
        other = self.words["make"].get(make)
        if other and rng.random() < 0.5:
            found: str = pick(rng, other)
            return found
        return self.slip(rng, make.lower() if rng.random() < 0.4 else make)

    def plate(self, rng: random.Random, pattern: str) -> str:
        """A registration with its gaps, in a form's box."""
        gap = " " if len(pattern) == 7 and rng.random() < 0.6 else ""
        words = pattern[:4] + gap + pattern[4:] if gap else pattern
        return words.lower() if rng.random() < 0.2 else words

    def plate_in_text(self, rng: random.Random, pattern: str) -> str:
        """The same in a sentence: "started JT12", "ended in ABC"."""
        known = pattern.strip("*")
        if pattern.endswith("*"):
            return pick(rng, [f"reg started {known}", f"plate beginning {known}", f"first part of reg {known}"])
        if pattern.startswith("*"):
            return pick(rng, [f"reg ended in {known}", f"plate ending {known}", f"last letters of reg {known}"])
        return pick(rng, ["reg {}", "number plate {}", "registration {}", "reg no {}"]).format(
            self.plate(rng, pattern)
        )

    def phone(self, rng: random.Random, number: str) -> str:
        """A number in a form's box: with spaces or +44; question marks, dots or words where a part is missing."""
        known = number.strip("*")
        if number.startswith("*"):
            return pick(rng, [number, f"ends {known}", f"ending in {known}", f"...{known}", f"last digits {known}"])
        if number.endswith("*"):
            gap = "?" * (11 - len(known))
            return pick(rng, [number, f"{known}{gap}", f"{known}...", f"starts {known}", f"begins {known}"])
        form = int(rng.random() * 6)
        if form == 0:
            return f"+44 {number[1:5]} {number[5:]}"
        if form <= 2:
            return f"{number[:5]} {number[5:]}"
        return f"{number[:5]} {number[5:8]} {number[8:]}" if form == 3 else number

    def phone_in_text(self, rng: random.Random, number: str) -> str:
        """A part of a number in a sentence."""
        known = number.strip("*")
        ways = (
            ["ending {}", "ended in {}", "with {} at the end"]
            if number.startswith("*")
            else ["starting {}", "beginning {}"]
        )
        return pick(rng, ways).format(known)

    def contact_place(self, rng: random.Random, key: str) -> str:
        """Where contact was made, as an adverbial."""
        return pick(rng, self.contact_places[key])

    def days(self, rng: random.Random, facts: dict[str, Any]) -> str:
        """The day, or the days between which it was."""
        day = self.day(rng, facts["date"], facts.get("weekday"))
        if "until" not in facts:
            return day
        return pick(rng, ["between {} and {}", "some time from {} to {}"]).format(
            day, self.day(rng, facts["until"], None)
        )

    def clock(self, rng: random.Random, hour: float) -> str:
        """A time of day."""
        whole, minute = int(hour), round((hour - int(hour)) * 60) % 60
        twelve, half = (whole - 1) % 12 + 1, "am" if whole < 12 else "pm"
        form = int(rng.random() * 8)
        if form == 0:
            return f"{whole:02d}:{minute:02d}"
        if form == 1 and minute == 0:
            after = f"{whole % 12 + 1}{'am' if (whole + 1) % 24 < 12 else 'pm'}"
            return pick(rng, [f"between {twelve} and {after}", f"{twelve}-{after}"])
        if form == 2 and minute == 30:
            part = "in the morning" if whole < 12 else "in the afternoon" if whole < 18 else "at night"
            return f"half {twelve} {part}"
        if form == 3 and whole < 5:
            return "early hours"
        if form == 4 and whole >= 22:
            return pick(rng, ["late evening", "late at night"])
        exact = f"{twelve}{pick(rng, ['.', ':'])}{minute:02d}" if minute else str(twelve)
        return pick(rng, ["", "", "about ", "around ", "approx "]) + exact + pick(rng, ["", " "]) + half

    def day(self, rng: random.Random, day: date, weekday: str | None) -> str:
        """A date as people write it, with the weekday where one is told."""
        ordinal = f"{day.day}{_suffix(day.day)}"
        month = _MONTHS[day.month - 1]
        if rng.random() < 0.25 and weekday is None:
            return pick(rng, [f"{day:%d/%m/%Y}", f"{day:%d/%m/%y}", f"{day:%d.%m.%Y}", day.isoformat()])
        words = pick(
            rng,
            [
                *(f"{ordinal} {month} {day.year}", f"{day.day} {month} {day.year}"),
                *(f"{ordinal} of {month} {day.year}", f"{day.day} {month[:3]} {day.year}"),
            ],
        )
        if weekday is None:
            return words
        return f"{weekday if rng.random() < 0.6 else weekday[:3]} {words}"

    def occurred(self, rng: random.Random, facts: dict[str, Any]) -> dict[str, str]:
        """The form's date and time box, half the time exact, half in words."""
        day, hour = facts.get("date"), facts.get("hour")
        if day is None:
            return {}
        if "until" in facts:
            return {"from": self.day(rng, day, None), "to": self.day(rng, facts["until"], None)}
        if rng.random() < 0.55 and "weekday" not in facts:
            if hour is None:
                return {"from": day.isoformat()}
            moment = datetime(day.year, day.month, day.day, int(hour), round(hour % 1 * 60) % 60)
            return {"from": moment.isoformat(timespec="minutes")}
        words = self.day(rng, day, facts.get("weekday"))
        return {"from": f"{words}, {self.clock(rng, hour)}" if hour is not None else words}

    def slip(self, rng: random.Random, words: str) -> str:
        """A slip of the keyboard, sometimes: a letter dropped, doubled, swapped or its neighbour."""
        return typo(rng, words) if rng.random() < self.typo_share else words


def typo(rng: random.Random, words: str) -> str:
    """`words` with one slip inside a word of at least four letters, or as they were when there is none."""
    places = [i for i in range(1, len(words) - 1) if words[i - 1 : i + 2].isalpha()]
    if len(words) < 4 or not places:
        return words
    at = pick(rng, places)
    kind = int(rng.random() * 4)
    if kind == 0:
        return words[:at] + words[at + 1 :]
    if kind == 1:
        return words[:at] + words[at] + words[at:]
    if kind == 2:
        return words[:at] + words[at + 1] + words[at] + words[at + 2 :]
    return words[:at] + _NEIGHBOURS.get(words[at], words[at]) + words[at + 1 :]


def _suffix(day: int) -> str:
    return "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
