"""Whether characters of a text are of a registration mark, and no road, flat, size or name: features, what was
learned, and the marks that the characters make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from linkage.intake.document.tokens import Token, tokens
from linkage.intake.finding import Finding
from linkage.intake.gazetteer.tables import load_tables
from linkage.intake.judge.linear import learned
from linkage.intake.patterns import PatternTable, compiled
from linkage.intake.values.vehicles.plate_words import Words, roles
from linkage.intake.values.vehicles.registration import (
    Part,
    before_cue,
    begins_current,
    format_of,
    gathered,
    joined,
    parts,
    pattern_of,
)
from linkage.intake.values.vehicles.vehicle_look import context_words
from linkage.intake.values.vehicles.vehicle_names import compact, readings

_LEAST = 0.5
"""Chance from which characters are taken to be of a mark."""
_BEFORE, _AFTER = 4, 3
"""Words on either side that count as they are [G]."""
_SENTENCE, _SPOKEN_OF = 14, 25
"""Words before in which a number of another kind, or a vehicle, is named [G]."""
_EVERYDAY = 2
"""Caution from which the name of a make or model is also an everyday word [G]."""
_LETTER, _FIGURE = compiled("[A-Z]"), compiled("[0-9]")
_SAID = PatternTable("plates")
_SAYS = ("plate", "number", "kind", "part", "private", "noted", "may", "holds", "unread")
_NEXT = 6
"""Characters between two things told of one plate [G]."""
_CONFIDENCE = {"full_plate": 0.9, "before_cue": 0.85, "described": 0.8}
"""How often each rule is right [G]."""


def find_plates(text: str) -> list[Finding]:
    """Registration marks, full and partial, in a text; spans hold the plate and the words that place it.

    What is told of one plate side by side ("06 plate, first two letters KM") is one.
    """
    made: list[Finding] = []
    words = tokens(text) if may_tell_plate(text) else ()
    for group in gathered(words, parts(words, lambda part: is_plate(words, part))):
        one, last = _finding(words, group), made[-1] if made else None
        near = last and one.start - last.end <= _NEXT and not _SAID["stop"].search(text, last.end, one.start)
        both = joined(last.value, one.value) if last and near and "full_plate" not in (last.rule, one.rule) else None
        if last and both:
            made[-1] = replace(one, value=both, start=last.start)
        else:
            made.append(one)
    return made


def may_tell_plate(text: str) -> bool:
    """Whether a text is worth looking for plates in."""
    low = text.lower()
    return any(word in low for word in _SAID.rows["cue_words"]) or _SAID["may_hold"].search(text) is not None


def _finding(words: tuple[Token, ...], group: list[Part]) -> Finding:
    pattern = pattern_of(words, group)
    rule = "full_plate" if not set("*?") & set(pattern) and format_of(pattern) else "described"
    rule = "before_cue" if rule == "described" and before_cue(words, group[0]) else rule
    first, last = group[0].left.edge, max(group[-1].run.last, group[-1].right.edge)
    return Finding("registration", pattern, words[first].start, words[last - 1].end, rule, _CONFIDENCE[rule])


def is_plate(words: Words, part: Part) -> bool:
    """Whether some characters are of a mark; with no word of a mark or a vehicle around, "LS12" is a district."""
    features = features_of_plate(words, part)
    cued = "number" in part.left.says or "plate" in part.right.says or part.place in ("start", "end")
    district = part.run.plate.isalnum() and not cued and {"area nothing", "form tag"} <= features
    return not district and learned("plate").chance(features) >= _LEAST


def features_of_plate(words: Words, part: Part) -> set[str]:
    """What is true of characters that may be of a mark, of the words around them and of what these say."""
    known = part.run.plate
    shape, form = _FIGURE.sub("9", _LETTER.sub("A", known)), _form(known)
    bare = known.replace("*", "").replace("?", "")
    size = f"{min(len(bare), 5)} {'letters' if bare.isalpha() else 'figures' if bare.isdigit() else 'mixed'}"
    writing, cues = _writing(words, part), list(_cue(part))
    cue, near = f"cue {' '.join(cues)}", "vehicle" if _of_vehicle(words, part.run.first) else "nothing"
    found = {f"shape {shape}", f"form {form}", f"size {size}", f"written {writing}", f"{writing} {form} {size}"}
    found.update((cue, *(f"{cue} {one}" for one in (size, form, writing, near, f"{near} {size}"))))
    found.update(f"{near} {one}" for one in (form, shape, f"{writing} {size}"))
    found |= {f"word {known}", f"word {known} {near}"}
    found.update(f"{one} {other}" for one in cues for other in (size, form, writing, near, shape))
    found.update(_around(words, part, f"{form} {size}"))
    for sign in _signs(words, part):
        found.update((sign, *(f"{sign} {one}" for one in (form, shape, size, near, cue))))
    return found


def _form(known: str) -> str:
    """The format of a mark that is told whole, "tag" for the beginning of a current one; "part" for any other."""
    if begins_current(known.rstrip("*")) or "*" in known:
        return "tag" if begins_current(known.rstrip("*")) else "gapped"
    return (len(known) > 4 and format_of(known)) or "part"


def _writing(words: Words, part: Part) -> str:
    said = [word.text for word in words[part.run.first : part.run.last] if "unread" not in roles(word.low)]
    if all(one.upper() == one for one in said):
        return "capitals" if len(said) == 1 else "apart"
    return "small" if any(_FIGURE.search(one) for one in said) else "spelt"


def _cue(part: Part) -> Iterator[str]:
    """What the words on either side say."""
    for side, around in (("left", part.left), ("right", part.right)):
        yield from (f"{side}_{name}" for name in _SAYS if name in around.says)
        if around.place:
            yield f"{side}_{around.place}"
    yield from (f"left_{name}" for name in ("strange", "reached") if name in part.left.says)


def _around(words: Words, part: Part, about: str) -> Iterator[str]:
    """The words on either side as far as the paragraph goes, and what they can be."""
    first, last = part.run.first, part.run.last
    before = [word.low for word in words[max(0, first - _BEFORE) : first]][::-1]
    after = [word.low for word in words[last : last + _AFTER]]
    for side, said in (("before", before or [""]), ("after", after or [""])):
        for away, word in enumerate(said):
            yield from (f"{side} {word}", f"{side} {away} {word}")
            yield from (f"{side} {away} {role}" for role in roles(word))
        yield from (f"{side} 0 {one} {about}" for one in (said[0], *roles(said[0])))
    if first and words[first - 1].end == words[first].start:
        yield f"joined {words[first - 1].text}"
    if last < len(words) and words[last - 1].end == words[last].start:
        yield f"joins {words[last].text} {words[last + 1].text[:1].isdigit() if last + 1 < len(words) else ''}"


def _signs(words: Words, part: Part) -> Iterator[str]:
    """What the characters may be, of a mark or of something else."""
    first, known = part.run.first, part.run.plate
    bare = known.strip("*?")
    said = [word.low for word in words[max(0, first - _SENTENCE) : first]]
    yield from (f"far {role}" for role in ("other_number", "name") if any(role in roles(word) for word in said))
    if "unread" in roles(words[part.run.last - 1].low):
        yield "rest unread"
    if before_cue(words, part):
        yield "before cue"
        yield f"before cue {words[part.run.last].text}"
    if _SAID["road"].fullmatch(bare):
        yield "road"
    if bare[:2] in _areas():
        yield "area"
    if readings(compact(bare)):
        yield "model"
        if first and readings(compact(words[first - 1].low)):
            yield "model of its make"
    if "no_plate" in roles(bare):
        yield "no plate"
    if "country" in roles(bare):
        yield "country"
    if bare[:2].lower() in context_words("no_tag") or {bare[:3].lower(), bare[-3:].lower()} & context_words(
        "not_plate"
    ):
        yield "words"
    behind = [word.low for word in words[part.run.last : part.run.last + _SENTENCE]]
    if "order" in behind and {"any", "not", "unclear", "unknown"} & {*behind}:
        yield "order unsure"


@cache
def _areas() -> frozenset[str]:
    """The two letters with which postcodes begin, where there are two."""
    return frozenset(code[:2] for code in load_tables().postcodes if code[:2].isalpha())


def _of_vehicle(words: Words, first: int) -> bool:
    """Whether a vehicle is spoken of before, by a word, a name or two doubtful ones: "Seat Leon"."""
    said = words[max(0, first - _SPOKEN_OF) : first]
    if any("vehicle" in roles(word.low) for word in said):
        return True
    names = [readings(compact(word.low)) for word in said if word.text[0].isalpha()]
    sure = any(name.caution < _EVERYDAY for each in names for name in each)
    return sure or any(one and other for one, other in pairwise(names))
