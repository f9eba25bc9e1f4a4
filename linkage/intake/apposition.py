"""Whether a noun names somebody new, or only says what a person named before is, or points back to them."""

from __future__ import annotations

import re

from linkage.intake import evidence, joined
from linkage.intake.cues import cue, people_words
from linkage.intake.mention import BYSTANDER, FEMALE, HARMED, MALE, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.story import Entity, Story

_HEADED = compiled(
    r"(?:\s+(?:on|in|at)(?:\s+[\w'-]+){1,3})?\s*(?:(?:no\.?|number)?\s*#?[1-6a-f]|one|two|three|four)?"
    r"\s*[:(–-]+\s*(?:[\w'/-]+[ ,]+){0,4}"
)
_VERB = compiled(r"\b(?:is|was|are|were|am|be|being)\b|^'?s? an?\b|'s ")
_ARTICLE = compiled(r"(?<=\s)(?=(?:an?|the)\s)")
_I_AM = compiled(r"(?<=m)\s|\s+am\s+(?:an?\s+(?:[\w-]+\s+){0,2})?")
_TOGETHER = frozenset(("pair", "couple", "two", "trio", "three"))
_DOES_SO = compiled(r"^\s(?:driving|doing \w+)(?=\s)")
_NOT_A_NOUN = compiled(
    r"\b(?:after|looking|seeking|hunting|by|with|to|from|at|in|on|when|and|like|than|as|\w+ed|\w+ing)\s"
)
_NAMED = compiled(
    r"(?:\s+[\w'-]+){0,5}?\s*[,(]\s*(?:[\w' -]+,\s*)?(?:(?!(?:and|but|then|when|while|so)\b)[\w-]+\s+){0,4}"
)
_HEADLINE = compiled(r"\s*[:–-]\s+(?:an?\s+)?(?:[\w'-]+\s+){0,4}")
_DESCRIBED_AS = compiled(r"\bdescribed (?:only |simply |merely |just )?as\b")
_CLEARED_REACH = 120
"""Characters behind somebody in which it may be told that they are cleared [G]."""

_AT_END = compiled(r"\s*(?:[.;!]|$|\n|,)")
_BEHIND_NUMBER = compiled(r"\)?\s*[-:–.]?\s*(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,2}(?:\w/)?")
_NAMES = compiled(r"\s*+,?\s*+\(?\s*+|\s*:\s*|\s+(?:called|named)\s+|,?\s+(?:who is|who's)\s+(?:called|named)\s+")
_AFTER_COMMA = compiled(r",\s*(?:(?!(?:and|but|then)\b)[\w'-]+\s+){0,4}$")
_WHO_DID = compiled(r",\s+who\s+(?!is\b|was\b)[\w' -]{3,60},(?=\s+(?:was|is)\b)")
"""Between somebody and what they are said to be: "his accomplice, who waited in the car, was a white man"."""
_THERE = compiled(r"\b(?:there|it)(?:'s| (?:was|is|were|are))\s*$")
_LOOKS = compiled(r"\s*(?:[.;!]|$|\n)|\s+(?:with|in|of|from|aged|about|around|wearing)\b")
_OTHER = compiled(r"\b(?:other|second|new|next)\b")
_AGED = compiled(r"\d\d[- ]year")
_FORMERLY = compiled(r"the (?:now )?(?:retired|former|ex|one-?time|disgraced|self-styled|so-called|supposed|bogus)\b")
_GENERIC = frozenset(("man", "men", "male", "woman", "women", "female", "person", "people"))
_NEXT_NOUN = compiled(r"\w,\s*(?:the|an?|his|her|my|our)\s")
_WITH_VERB = ("i'm", "im", "he's", "she's", "hes", "shes", "they're", "we're")
_NOT = compiled(r"(?:\b(?:is|was|are|were)|'s)\s+(?:definitely\s+|certainly\s+)?not\b|n't\b|,\s*(?:but\s+)?not\b")
_AS = compiled(r"\s+(?:as|to be|being)\s+an?\s")
_WITH = compiled(r"\b(?:with|beside|behind|next to|near|alongside|helping|opposite)\s$")
_MAYBE = compiled(r"\b(?:possibly|probably|perhaps|maybe|to be)\s")
_COMMA = compiled(
    r"[,:]\s*(?:(?:also|possibly|probably|perhaps|maybe|thought to be|believed to be)\s+)?"
    r"(?:an?|the|one|two|three|four|both|(?<=\w\s)(?:his|her))\s|[(-]\s*(?:an?\s|the\s)?"
)
_BARE = compiled(r"[^.;]{0,20},\s*(?:[\w-]+\s+){0,4}")


_SHORT, _BESIDE, _BEFORE = 3, 60, 12
"""Letters of words that call nobody apart ("the", "old"); characters behind and before a noun that still tell of it
[G]."""


def same_person(story: Story, mention: Mention, before: Mention) -> int | None:
    """The person named just before, of whom the noun only says what they are: "the manager, who is a tall man"."""
    between = story.low[before.end : mention.start]
    if before.kind == "number" and before.entity >= 0 and _BEHIND_NUMBER.fullmatch(between):
        return before.entity
    if mention.named and before.noun and before.entity >= 0 and not before.plural and _NAMES.fullmatch(between):
        agrees = mention.sex is None or story.entities[before.entity].sex in (None, mention.sex)
        surname = before.named and between == " "
        return before.entity if agrees or surname else None
    alias = mention.named and before.named and before.entity >= 0 and between.strip() in ("or", "/", "aka", "alias")
    members = before.kind == mention.kind == "member" and between.strip() == ","
    named = before.kind == "member" and mention.kind == BYSTANDER and mention.article == "known"
    if (
        alias or (members and mention.words.startswith("the ")) or (named and between == ", the ")
    ):  # "One, the boss, "
        return before.entity
    if (
        (mention.kind == "member" and before.kind in ("member", "all"))
        or before.entity < 0
        or before.possessive
        or not said_of(story, before, mention)
    ):
        return None
    if mention.kind == BYSTANDER:
        friend = re.fullmatch(people_words()["bystander"]["companions"], mention.words) is not None
        told = _MAYBE.search(between) or (before.role == REPORTED and _VERB.search(between))
        if told is None and (friend or mention.article != "new"):
            return None
    agree = mention.sex is None or before.sex in (None, mention.sex)
    return before.entity if agree and mention.plural == before.plural else None


def added(story: Story, mention: Mention, before: Mention | None) -> int | None:
    """The bystander of whom a noun later in the sentence tells, where no reported person is named in it.

    "A bus driver let us on, old fella", "The porter is a Polish lad", "The driver was lovely, an older man in a cap".
    """
    if mention.plural or not (_bare_at_end(story, mention) or _says_what(story, mention, before)):
        return None
    there = [at for at, one in enumerate(story.entities) if one.sentence == mention.sentence]
    first = there[0] if there else None
    if first is None:
        return None
    only = len(there) == 1 and mention.sex is not None and story.entities[first].sex == mention.sex
    if (
        only
        and mention.place != "predicate"
        and (story.entities[first].role == REPORTED or not evidence.attacks(story.told(mention)))
    ):
        return first
    if story.entities[first].role != BYSTANDER or any(story.entities[at].role == REPORTED for at in there):
        return None
    return first if story.entities[first].sex in (None, mention.sex) else None


def _bare_at_end(story: Story, mention: Mention) -> bool:
    bare = not mention.article and mention.kind in (MALE, FEMALE)
    ends = _AT_END.match(story.low, mention.end) is not None
    return bare and ends and _AFTER_COMMA.search(story.opening(mention)) is not None


def _says_what(story: Story, mention: Mention, before: Mention | None) -> bool:
    """Whether "a tall man" is what somebody is said to be, not somebody who comes in."""
    if mention.article != "new" or mention.kind not in (MALE, FEMALE, "member"):
        return False
    if mention.place == "predicate":
        himself = before is not None and story.low[before.start : before.end].endswith("self")
        return (before is None or before.noun or himself) and not _THERE.search(story.low[: mention.opens])
    return story.low[: mention.opens].rstrip().endswith(",") and _LOOKS.match(story.low, mention.end) is not None


def said_of(story: Story, before: Mention, mention: Mention) -> bool:
    """Whether a noun stands in apposition to, or is the predicate of, the mention before it."""
    between = story.low[before.end : mention.start]
    headline = (before.kind, mention.kind) == ("reported", "harmed") and _HEADLINE.fullmatch(between) is not None
    if (
        mention.kind == "all"
        or headline  # "Hunt for rapist: a sex worker was ..."
        or before.sentence != mention.sentence
        or (before.words == mention.words and mention.article)
    ):
        return False
    if not mention.article and mention.kind in (MALE, FEMALE) and before.noun and _bare_follows(before, between):
        return True
    the_one = before.words in _WITH_VERB and mention.kind == "member" and not between.strip()  # "she's the one with"
    the_one = the_one or (  # "she remembers him as a pensioner"
        not before.noun
        and before.place == "object"
        and _AS.match(between) is not None
        and "witness" not in mention.words
    )
    the_one = the_one or (
        before.kind == "i"
        and mention.kind in (MALE, FEMALE)
        and _I_AM.fullmatch(story.low, before.end, mention.start) is not None
    )
    the_one = the_one or (
        before.kind == "they" and mention.plural and between.strip() == ","
    )  # "two of them, brothers"
    inserted = _WHO_DID.match(between) if before.noun and mention.place == "predicate" else None
    start = before.end + (inserted.end() if inserted else 0)
    if the_one or not cue("is_a").fullmatch(story.low, start, mention.start):
        return the_one
    between = story.low[start : mention.start]
    if _NOT.search(between) or (
        before.place == "object" and _WITH.search(story.low, max(0, before.start - 12), before.start)
    ):
        return False  # "with him was a lad"
    if _VERB.search(between) or before.words in _WITH_VERB:
        verb = _ARTICLE.split(_DOES_SO.sub("", between.removesuffix("being ")))[0]
        a_noun = _DESCRIBED_AS.search(between) is not None or not _NOT_A_NOUN.search(verb)
        return a_noun and not _NEXT_NOUN.search(between)
    comma = before.noun and _COMMA.search(between) is not None
    return comma and cue("closed").match(story.low, mention.end) is not None


def _bare_follows(before: Mention, between: str) -> bool:
    """ "Offender 1: white male", "taxi driver, big Asian man"."""
    named = before.kind == BYSTANDER or (before.plural and before.article != "" and "," in between)
    return _HEADED.fullmatch(between) is not None or (named and _NAMED.fullmatch(between) is not None)


def goes_on(story: Story, before: Mention, mention: Mention) -> bool:
    """Whether a noun carries on a predicate: "they are brothers or cousins", "he is Father X, a fat black man"."""
    if before.kind != "predicate" or before.sentence != mention.sentence:
        return False
    between = story.low[before.end : mention.start]
    bare = mention.kind in (MALE, FEMALE) and not mention.article
    return between.strip() in ("or", "and") or (bare and _BARE.fullmatch(between) is not None)


def pointed_at(story: Story, mention: Mention) -> int | None:
    """The person named earlier whom "the man" or "the driver" points back to."""
    if mention.kind == "name" or (mention.article == "known" and mention.kind == BYSTANDER):
        known = _named_so(story, mention)
        if known is None and mention.kind == BYSTANDER:
            known = _was_formerly(story, mention)
        return joined.husband_or_wife(story, mention) if known is None else known
    if mention.article != "known" or mention.kind not in (MALE, FEMALE, "reported", "person"):
        return None
    if mention.plural or _AGED.match(mention.words):
        return _same_group(story, mention) if mention.plural else _only_one(story)
    apart = cue("stationed").match(story.low, mention.end) is not None or joined.of_pair(story, mention)
    if apart or joined.speaks_to_him(story, mention) or joined.sells(story, mention):
        return None
    fitting = [at for at in range(len(story.entities)) if _may_be(story, mention, at)]
    if story.has_group() and not any(story.entities[at].role == HARMED for at in fitting):
        return next(reversed(_called_by(story, mention, fitting)), None)
    fitting = _by_deed(story, mention, fitting)
    reported = [at for at in fitting if story.entities[at].role == REPORTED]
    named = [at for at in reported if not story.entities[at].heads.isdisjoint(mention.heads)]
    if not named and _GENERIC.isdisjoint(mention.heads):  # "a lad ... the lad", the reported person being "the man"
        named = [at for at in fitting if not story.entities[at].heads.isdisjoint(mention.heads)]
    called = _called_by(story, mention, fitting)
    return next(reversed(called or named or reported or fitting), None)


def _by_deed(story: Story, mention: Mention, fitting: list[int]) -> list[int]:
    """Those of `fitting` to whom what is told of the noun, or done to it, may belong."""
    roles = {at: story.entities[at].role for at in fitting}
    told = story.told(mention)
    strikes = evidence.attacks(told)
    if cue("whom_they_want").match(story.low, mention.end) or strikes:
        fitting = [at for at in fitting if roles[at] == REPORTED]
    elif evidence.helps(told):
        fitting = [at for at in fitting if roles[at] != REPORTED]
    elif evidence.done_to(told):
        fitting = [at for at in fitting if roles[at] == HARMED] or fitting
    others = [at for at in fitting if roles[at] != REPORTED]
    return others if others and joined.struck(story, mention) else fitting


def _called_by(story: Story, mention: Mention, fitting: list[int]) -> list[int]:
    """Those of the same noun who were told apart so before: "the driver of a Volvo ... the Volvo driver"."""
    said = {word for word in mention.before.split() if len(word) > _SHORT}
    named = (at for at in fitting if not story.entities[at].heads.isdisjoint(mention.heads))
    near = (
        (
            at,
            story.low[
                max(0, (start := story.entities[at].start) - _BEFORE) : min(start + _BESIDE, mention.opens)
            ].split(),
        )
        for at in named
    )
    return [at for at, words in near if not said.isdisjoint(words)] if said else []


def _same_group(story: Story, mention: Mention) -> int | None:
    """The group, not reported, that "the men" points back to: where no group of reported men is known."""
    if mention.words in _TOGETHER and mention.place == "object" and not story.has_group():
        group = story.last_group()  # "two friends ... he told the pair"
        return None if group is None else story.entities.index(group)
    groups = [at for at, one in enumerate(story.entities) if one.plural and not one.heads.isdisjoint(mention.heads)]
    if not groups or evidence.attacks(story.told(mention)) or _OTHER.search(mention.before):
        return None
    last = groups[-1]
    known = story.entities[last].role == BYSTANDER and not any(
        one.role == REPORTED and one.plural and one.sex in (None, MALE) for one in story.entities
    )
    return last if known else None


def _only_one(story: Story) -> int | None:
    """The person whom "the 61-year-old" tells the age of: who was harmed, else who came in as subject."""
    single = [at for at, one in enumerate(story.entities) if not one.plural and one.sentence >= 0]
    harmed = [at for at in single if story.entities[at].role == HARMED]
    if harmed or story.knows(HARMED):
        return None
    near = [at for at in single if story.entities[at].role == BYSTANDER and story.entities[at].place == "subject"]
    return near[-1] if len(near) == 1 else None


def _named_so(story: Story, mention: Mention) -> int | None:
    """The person last named with the same noun: "a florist ... the florist"."""
    if _OTHER.search(mention.before):
        return None
    same = (at for at, one in enumerate(story.entities) if not one.heads.isdisjoint(mention.heads))
    if evidence.helps(story.told(mention)):  # "the driver snatched it ... the lorry driver who found her"
        same = (at for at in same if story.entities[at].role != REPORTED or mention.words in story.entities[at].heads)
    return next((at for at in reversed(list(same)) if story.entities[at].plural == mention.plural), None)


def _was_formerly(story: Story, mention: Mention) -> int | None:
    """The only reported person, where "the retired headmaster" tells what he was: nobody is at work as that."""
    if mention.plural or _FORMERLY.match(mention.before) is None or evidence.helps(story.told(mention)):
        return None
    mates = {"accomplice", "companion", "mate", "friend"}
    reported = [at for at, one in enumerate(story.entities) if one.role == REPORTED and mates.isdisjoint(one.heads)]
    agrees = len(reported) == 1 and not story.entities[reported[0]].plural
    return reported[0] if agrees and mention.sex in (None, story.entities[reported[0]].sex) else None


def _renamed(story: Story, mention: Mention, one: Entity) -> bool:
    """Whether "the teenager" may be the man who was harmed: no reported man stands alone, nobody is called so."""
    alone = any(e.role == REPORTED and not e.plural and e.sex in (None, MALE) for e in story.entities)
    called = any(not e.heads.isdisjoint(mention.heads) for e in story.entities)
    renamed = mention.kind == MALE and _GENERIC.isdisjoint(mention.heads)
    return renamed and one.role == HARMED and one.sex == MALE and not (alone or called)


def _may_be(story: Story, mention: Mention, at: int) -> bool:
    one = story.entities[at]
    named = not one.heads.isdisjoint(mention.heads) or _renamed(story, mention, one)
    if one.plural or (mention.sex is not None and one.sex != mention.sex):
        return False
    if one.role == REPORTED:
        return named or mention.kind in (MALE, FEMALE)
    after = story.low[one.end : one.end + _CLEARED_REACH].partition(".")[0]
    if one.role == BYSTANDER and mention.sentence - one.sentence > 1 and evidence.cleared(after):
        return False
    spoken = cue("looked").search(story.low[max(0, mention.opens - 30) : mention.opens]) is not None
    return named and not (spoken and one.sentence == mention.sentence)
