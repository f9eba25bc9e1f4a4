"""Which words of a text are a vehicle's, and which vehicles a reported person used: features, and what was learned.

"Focus" is a Ford or a verb, "white" a van's or a man's: a word is asked about with what stands around it, and
each mention that is left with the people around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linkage.intake.document.document import Document, quoted
from linkage.intake.finding import Finding, inside
from linkage.intake.judge.linear import learned
from linkage.intake.judge.people import names_nobody_else
from linkage.intake.judge.surroundings import Candidate, Surroundings, distance, named
from linkage.intake.limits import check
from linkage.intake.mentions import find_people
from linkage.intake.patterns import PatternTable, compiled
from linkage.intake.values.vehicles.vehicle_look import context_words
from linkage.intake.values.vehicles.vehicle_words import Label, Tokens, make_of

_ASKED = frozenset(("make", "model", "colour", "body"))
_LEAST = 0.5
"""Chance from which a word is a vehicle's."""
_BEFORE, _AFTER = 4, 3
"""Words before a mention and behind a word that count [G]."""
_FIGURE = compiled(r"\d")
_SAID = PatternTable("vehicles")
_STOPS = frozenset(".!?;\n")
_NAMES_OF_ROLES = "driving place_ends named_after_a_make named person links after_links colour_end"
_ROLES = {role: context_words(role) for role in _NAMES_OF_ROLES.split()}
USED = 0.6
"""Chance from which a vehicle is a reported person's [R]: of authors left out as many are missed as wrongly given."""
USED_ALONE = 0.5
"""The same where the text names nobody else whose it could be [G]."""
OF_PLATE = 0.1
"""What is added to `USED` for a mention that tells a plate [G]: wrongly given it points at somebody else."""
OWNED = 0.95
"""The same of a vehicle that is called the teller's or the harmed person's ("my red Polo", "my own car") [R]: of 30
that are labelled 1 is a reported person's."""
_HARMED = ("i", "harmed")
"""Mentions of those to whom it was done, as they are possessive before such a vehicle."""
_TELLING = ("make", "model", "registration")
"""Fields by which two mentions are of one vehicle."""
_MENTIONS = 5
"""Other mentions of one vehicle that count [G]."""
_AGAIN = ("sentence ", "last0 ", "opens ", "subject ", "before ")
"""Features of another mention of the same vehicle that count too: "the Micra was found burnt out"."""

Group = Sequence[Finding]
"""All that one mention of a vehicle tells."""


def believed(tokens: Tokens, group: list[Label]) -> list[Label]:
    """The labels of a mention that are a vehicle's; none where no more than colours are left."""
    believed_labels = [
        each
        for at, each in enumerate(group)
        if each.kind not in _ASKED or learned("vehicle_word").chance(features_of_word(tokens, group, at)) >= _LEAST
    ]
    return believed_labels if any(one.kind != "colour" for one in believed_labels) else []


def features_of_word(tokens: Tokens, group: list[Label], at: int) -> set[str]:
    """What is true of one label of a mention."""
    each = group[at]
    kind, word = each.kind, _FIGURE.sub("0", "".join(tokens.words[each.first : each.last]))
    case = _case(tokens, each.first)
    degree = f"{kind} {each.caution}"
    found = {kind, degree, f"{kind} {case}", f"{degree} {case}", f"word {word}", f"word {word} {case}"}
    for other in group:
        if other is not each:
            side = "before" if other.first < each.first else "after"
            found |= {f"{kind} with {other.kind}", f"{degree} {side} {other.kind}"}
            found.add(f"{degree} with {other.kind} {min(other.caution, 3)}")
            if make_of(each) and make_of(each) == make_of(other):
                found.add(f"{kind} of its make")
    if len(group) == 1:
        found |= {f"{kind} alone", f"{degree} {case} alone", f"word {word} alone"}
    sort = "name" if make_of(each) else kind
    found.update(_beyond(tokens, f"{sort} before", range(group[0].first - 1, group[0].first - 1 - _BEFORE, -1), word))
    found.update(_beyond(tokens, f"{sort} own before", range(each.first - 1, each.first - 3, -1), word))
    found.update(_beyond(tokens, f"{sort} after", range(each.last, each.last + _AFTER), word))
    if at < len(group) - 1:
        found.update(_beyond(tokens, f"{sort} beyond", range(group[-1].last, group[-1].last + 2), word))
    return found


def _case(tokens: Tokens, at: int) -> str:
    first = tokens.text[tokens.spans[at][0]]
    if tokens.capital(at):
        return "capital"
    return "opens" if first.isupper() else "figure" if first.isdigit() else "small"


def _beyond(tokens: Tokens, side: str, places: range, word: str) -> Iterator[str]:
    """The words on one side as far as the sentence goes, what parts them, and what they can be."""
    for away, here in enumerate(places):
        if not 0 <= here < len(tokens.words):
            yield f"{side} {away} end"
            return
        gap = (tokens.gap(here, here + 1) if places.step < 0 else tokens.gap(here - 1, here)).strip()
        said = tokens.words[here]
        if gap:
            yield f"{side} {away} gap {gap[0]}"
        yield from (f"{side} {said}", f"{side} {away} {said}", f"word {word} {side} {away} {said}")
        case = _case(tokens, here)
        for role in (name for name, words in _ROLES.items() if said in words):
            yield from (f"{side} {role}", f"{side} {away} {role}", f"{side} {away} {role} {case}")
        if not _STOPS.isdisjoint(gap):
            return


def features_of_vehicles(document: Document, groups: Sequence[Group]) -> list[set[str]]:
    """The features of each mention of a vehicle or a plate, those of its other mentions told apart; one that goes
    back to another ("the Zafira") has those of its first."""
    around = Surroundings(document, [_candidate(group) for group in groups])
    alone = [around.of(at) for at in range(len(groups))]
    told = [{str(one.value) for one in group if one.field in _TELLING} for group in groups]
    again = [{f"again {name}" for name in features if name.startswith(_AGAIN)} for features in alone]
    found: list[set[str]] = []
    for at, features in enumerate(alone):
        check()
        every = {*features, *_of_possessor(around, at), *(f"tells {one.field}" for one in groups[at])}
        same = [other for other, values in enumerate(told) if other != at and values & told[at]]
        goes_back = _SAID["goes_back"].search(document.text, 0, around.candidates[at].start)
        first = next((other for other in same if other < at and _named_alike(groups[other], groups[at])), at)
        found.append(found[first] if goes_back and first < at else every.union(*(again[o] for o in same[:_MENTIONS])))
    return found


def _named_alike(one: Group, other: Group) -> bool:
    models = [{str(each.value) for each in group if each.field == "model"} for group in (one, other)]
    return not models[0].isdisjoint(models[1])


def _of_possessor(around: Surroundings, at: int) -> Iterator[str]:
    """Whose the sentence says something is before it comes to the vehicle: "my own car is a red Fiesta"."""
    one, sentence = around.candidates[at], around.sentences[at]
    owners = [mention for mention in around.before(one.start, sentence) if mention.possessive]
    if owners:
        opens, _ = around.document.bounds(sentence)
        away = distance(around.document.token_at(one.start) - owners[-1].head - 1)
        first = "opens" if owners[0].first == opens else "later"
        yield from (f"possessor {named(owners[-1])} {away}", f"possessor {owners[-1].kind} {away}")
        yield from (f"possessor {named(owners[0])} {first}", f"possessor {owners[0].kind} {first} of {len(owners)}")


def used_vehicles(document: Document, groups: Sequence[Group]) -> list[bool]:
    """Whether a reported person used each."""
    least = least_chances(document, groups)
    if not any(least):
        return [True for _ in groups]
    chances = [learned("vehicle").chance(features) for features in features_of_vehicles(document, groups)]
    return [chance >= enough for chance, enough in zip(chances, least, strict=True)]


def least_chances(document: Document, groups: Sequence[Group]) -> list[float]:
    """The chance from which on each vehicle of a text is a reported person's."""
    people = find_people(document)
    if not people:  # notes and questions: what else would they tell of
        return [0.0 for _ in groups]
    own = any(one.kind == "i" and one.possessive for one in people)
    least = USED_ALONE if not own and names_nobody_else(document) else USED
    heads = {one.head for one in people if one.possessive and one.kind in _HARMED}
    found = []
    for group in groups:
        at = document.token_at(_candidate(group).start)
        owned = not heads.isdisjoint((at - 1, at - 2)) and not inside(_candidate(group).start, quoted(document.text))
        plate = any(one.field == "registration" for one in group)
        found.append(OWNED if owned else least + OF_PLATE * (plate and least == USED))
    return found


def _candidate(group: Group) -> Candidate:
    told = [one for one in group if one.field != "features"] or group
    plate = all(one.field == "registration" for one in told)
    start, end = min(one.start for one in told), max(one.end for one in told)
    return Candidate("plate" if plate else "vehicle", start, end)
