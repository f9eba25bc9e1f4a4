"""Single values of a report as an alert shows them: days, hours, places, ages, heights, numbers."""

from __future__ import annotations

from datetime import date

from linkage.report import Hair, Identifier, Occurred, Place, Range, Vehicle
from linkage.review.facts import DAY_PARTS, WEEKDAYS, label_of
from linkage.sharing.alert_rules import marks, plain, rules

_CM_PER_INCH = 2.54
_MOST_NUMBERS = 4  # consecutive figures in a place that are more than a house number


def day(words: str) -> str:
    """The day of an ISO date or time: "Wednesday 30 September 2009"."""
    one = date.fromisoformat(words[:10])
    return f"{WEEKDAYS[one.weekday()]} {one.day} {one:%B %Y}"


def when(occurred: Occurred) -> str:
    """The day, or between which days; empty where none is known."""
    if occurred.from_ is None:
        return ""
    first, last = occurred.from_[:10], (occurred.to or occurred.from_)[:10]
    low, high = occurred.hour_min, occurred.hour_max
    past_midnight = low is not None and high is not None and high < low  # else the day itself is not certain
    overnight = past_midnight and (date.fromisoformat(last) - date.fromisoformat(first)).days == 1
    if first == last:
        return day(first)
    return f"night of {day(first)}" if overnight else f"between {day(first)} and {day(last)}"


def clock(occurred: Occurred, coarse: bool) -> str:
    """The hour as people write it, or with `coarse` the part of the day; empty where it is not known."""
    low, high = occurred.hour_min, occurred.hour_max
    if low is None:
        return ""
    if coarse:
        return next(name for end, name in DAY_PARTS if low < end or end == 24).split(" (")[0]
    return _hour(low) if high is None or high == low else f"{_hour(low)} to {_hour(high)}"


def _hour(hours: float) -> str:
    minutes = round(hours * 60) % (24 * 60)
    name = "am" if minutes < 12 * 60 else "pm"
    return f"{(minutes // 60 - 1) % 12 + 1}.{minutes % 60:02d} {name}"


def is_outdoors(place: Place) -> bool:
    """Is it known to have been out of doors? A kind of place that is not known may be somebody's home."""
    return place.venue in rules()["places"]["outdoors"]


def is_hers(place: Place) -> bool:
    """May the person harmed live or work there?"""
    return place.venue is None or place.venue in rules()["places"]["hers"]


def place_words(place: Place) -> str:
    """The place as exactly as an alert may tell it: a street only out of doors, else district or town; empty where
    no area is known."""
    town = place.town or ""
    district = _district(place)
    street = next(iter(exact_places(place)), "") if is_outdoors(place) and _is_clean(place) else ""
    named = ", ".join(dict.fromkeys(one for one in (street.title(), district, town) if one))
    return named or place.admin.police_force or place.admin.region or ""


def _district(place: Place) -> str:
    """The district that a place names, where that is as exact as it is: "Maida Vale"."""
    if place.precision != "district" or "resolved" in place.raw or not place.text:
        return ""
    first = place.text.split(",")[0].strip()
    street = set(rules()["places"]["street_words"]) & set(plain(first).split())
    return "" if street or any(letter.isdigit() for letter in first) or len(first.split()) > 3 else first


def _is_clean(place: Place) -> bool:
    words = (place.text or "").split()
    return len(words) <= rules()["lengths"]["open_words"] and not any(letter.isdigit() for letter in place.text or "")


def exact_places(place: Place) -> list[str]:
    """What tells the place more exactly than its district or town, as the report and its words name it."""
    from linkage.vocabulary import load

    known = load("venues").surfaces
    wider = {
        plain(one) for one in (place.town, place.admin.region, place.admin.police_force, _district(place)) if one
    }
    found = []
    for text in dict.fromkeys((place.text or "", place.raw.get("text", ""))):
        for piece in text.split(","):
            words = plain(piece)
            for area in wider:
                words = words.removesuffix(f" {area}")
            if len(words) > _MOST_NUMBERS - 1 and words not in wider and words not in known:
                found.append(words)
    return list(dict.fromkeys(found))


def age(years: Range) -> str:
    """An age as perceived: "mid 30s", "about 25 to 40"."""
    low, high = years.min, years.max
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"over {low:g}" if high is None else f"under {high:g}"
    tens = int(low) // 10 * 10
    named = {(0, 9): "", (0, 3): "early ", (3, 7): "mid ", (4, 6): "mid ", (7, 9): "late "}.get(
        (int(low) - tens, int(high) - tens)
    )
    if named is not None:
        return f"{named}{tens}s"
    return f"about {low:g}" if low == high else f"about {low:g} to {high:g}"


def height(cm: Range) -> str:
    """A height in feet and centimetres, as perceived."""
    low, high = cm.min, cm.max
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"over {_feet(low or 0)}" if high is None else f"under {_feet(high)}"
    middle = _feet((low + high) / 2)
    narrow = high - low <= 2 * _CM_PER_INCH
    return f"about {middle}" if narrow else f"{_feet(low)} to {_feet(high)}"


def spans(words: str) -> bool:
    """Do the words of an age or a height tell two values, from one to the other?"""
    return " to " in words


def _feet(cm: float) -> str:
    inches = round(cm / _CM_PER_INCH)
    return f"{inches // 12} ft {inches % 12}" if inches % 12 else f"{inches // 12} ft"


def hair(one: Hair) -> str:
    """Hair in words: "short brown hair", "bald"."""
    words = " ".join(filter(None, [*one.style, " or ".join(one.colour)]))
    return (
        words
        if not words or (not one.colour and set(one.style) <= set(rules()["hairless"]["styles"]))
        else f"{words} hair"
    )


def vehicle(one: Vehicle) -> str:
    """Colour, make, model and kind: "silver Mitsubishi Shogun, 4x4"."""
    named = " ".join(word for word in (" or ".join(one.colour), one.make, one.model) if word)
    body = label_of("bodies", one.body) if one.body else ""
    if not (one.make or one.model):
        return " ".join(word for word in (named, body or ("vehicle" if named else "")) if word)
    return ", ".join(word for word in (named, body) if word)


def plate(one: Vehicle) -> str:
    """What is told of a plate: its first known characters, never all of a full one unless a setting allows it."""
    given = one.registration or ""
    if rules()["numbers"]["full"]:
        return given
    most = rules()["numbers"]["plate_characters"]
    pieces = [piece for piece in given.replace("?", "*").split("*") if piece]
    longest = max(pieces, key=len, default="")[:most]
    if not longest or len(marks(longest)) < 2:
        return ""
    return f"{'begins' if given.startswith(longest) else 'has'} {longest}"


def number_end(one: Identifier) -> str:
    """What is told of a telephone number: its last figures."""
    digits = "".join(letter for letter in one.value if letter.isdigit())
    last = rules()["numbers"]["phone_digits"]
    if one.kind != "phone" or len(digits) <= 2 * last or "?" in one.value or "*" in one.value:
        return ""
    return one.value if rules()["numbers"]["full"] else f"ends {digits[-last:]}"
