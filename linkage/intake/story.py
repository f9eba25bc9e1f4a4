"""What is known of the people of one narrative while it is read: the persons named so far, and whole-text facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from linkage.intake import evidence
from linkage.intake.cues import cue
from linkage.intake.headcount import harmed_is_male, reported_is_female
from linkage.intake.mention import FEMALE, HARMED, MALE, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.sections import Section

_TAKEN_UP = {MALE: compiled(r"he\b"), FEMALE: compiled(r"she\b")}
_LONG = 1_000
"""Characters of a sentence on either side of a person that may tell of them [G]: a text without a full stop is one
sentence, and would take time by the square of its length."""
_NEAR = 120
"""Characters before a person in which a turn of phrase that leads up to them may begin [G]."""

_SHE = compiled(r"\bshe\b")
_INSERTED_WHEN = compiled(r"\b(?:and|but|then),?\s+(?:when|as|once|while|whenever)\s+$")
"""Opens a clause inside another: in "he waited and, when the tenant came in, hit her" the tenant hits nobody."""

_OFFICIAL = frozenset(("police", "officer", "detective", "staff", "witness", "witnesse"))
"""Heads of groups of whom "one" or "the older man" is hardly ever one."""

_ME = compiled(r"\b(?:me|my)\b")


@dataclass(slots=True)
class Entity:
    """One person, or one group, that the text speaks of.

    `speaks` marks the teller ("I am a male escort"), `new` one whom "a" or "two" brings in; `start` is that of the
    noun that named them first, `end` and `place` are those of the noun that named them last.
    """

    role: str
    sex: str | None
    plural: bool
    heads: set[str] = field(default_factory=set)
    sentence: int = 0
    speaks: bool = False
    people: frozenset[int] = frozenset()
    new: bool = False
    start: int = 0
    end: int = 0
    place: str = ""


@dataclass(slots=True)
class Story:
    """One narrative in lower case, where its sentences begin, its headings, and who has been named so far.

    `woman` tells that the reported person is a woman, `harmed_man` that the harmed person is a man, `client_harmed`
    that a project calls those it looks after clients; `turned` holds nouns for bystanders who have another part here,
    `companions` those for who came with the reported person, `verdicts` the part, by where they are first named, of
    those whom the whole text shows to have another part than their first words.
    """

    low: str
    breaks: Sequence[int]
    sections: Sequence[Section]
    speaker: bool
    woman: bool
    harmed_man: bool
    client_harmed: bool = False
    turned: dict[str, str] = field(default_factory=dict)
    companions: set[str] = field(default_factory=set)
    entities: list[Entity] = field(default_factory=list)
    sought: dict[int, str] = field(default_factory=dict)
    verdicts: dict[int, str] = field(default_factory=dict)
    _told: dict[tuple[int, str | None], str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, low: str, breaks: Sequence[int], sections: Sequence[Section], found: Sequence[Mention], sex: str | None
    ) -> Story:
        """`sex` is the reported person's, where a field of the report gives it."""
        speaker = any(m.kind == "i" for m in found)
        one = cls(low, breaks, sections, speaker, reported_is_female(low, sex), harmed_is_male(low))
        others = any(m.kind in (MALE, "he") or (m.kind == "reported" and "client" not in m.words) for m in found)
        one.client_harmed = others and cue("our_client").search(low) is not None
        return one

    def again(self, turned: dict[str, str], verdicts: dict[int, str] | None = None) -> Story:
        """The same narrative, nobody named yet, with more words or parts known for the reported person."""
        one = Story(self.low, self.breaks, self.sections, self.speaker, self.woman, harmed_is_male(self.low))
        one.client_harmed = self.client_harmed
        one.turned = self.turned | turned
        one.verdicts = self.verdicts | (verdicts or {})
        one._told = self._told
        return one

    def stop(self, mention: Mention) -> int:
        """Where the sentence of a mention ends, or is too long to tell of them any more."""
        last = mention.sentence + 1 >= len(self.breaks)
        return min(len(self.low) if last else self.breaks[mention.sentence + 1], mention.end + _LONG)

    def told(self, mention: Mention) -> str:
        """The words after a mention that may say what this person did; "he" may take him up: "a man, he help me"."""
        key = (mention.end, mention.sex if mention.noun else None)
        if key not in self._told:
            self._told[key] = self._read_told(mention)
        return self._told[key]

    def _read_told(self, mention: Mention) -> str:
        stop = self.stop(mention)
        said = evidence.clause(self.low, mention.end, stop)
        if _INSERTED_WHEN.search(self.opening(mention)) and said.strip(" ")[:1] != ",":
            return said.partition(",")[0]
        taken_up = (
            _TAKEN_UP[mention.sex].match(self.low, mention.end + len(said)) if mention.sex in _TAKEN_UP else None
        )
        if taken_up is None or not mention.noun or not said.rstrip().endswith(","):
            return said
        return said + evidence.clause(self.low, taken_up.end(), stop)

    def stands_before(self, name: str, end: int) -> bool:
        """Whether a turn of phrase stands right before `end`."""
        return cue(name).search(self.low, max(0, end - _NEAR), end) is not None

    def opening(self, mention: Mention) -> str:
        """The words of the sentence before the phrase of a mention, but for those of a very long one."""
        return self.low[max(self.breaks[mention.sentence], mention.opens - _LONG) : mention.opens]

    def section(self, mention: Mention) -> Section | None:
        """The part under a heading in which a mention stands."""
        return next((s for s in self.sections if s.start <= mention.start < s.end), None)

    def knows(self, role: str, sex: str | None = None) -> bool:
        """Whether somebody with this part has been named already (of this sex, if one is given)."""
        return any(one.role == role and (sex is None or one.sex == sex) for one in self.entities)

    def she_attacks(self) -> bool:
        """Whether "she" does to the teller what only a reported person does: "she puts a belt round my neck"."""
        return any(
            evidence.attacks_others(told := evidence.clause(self.low, she.end(), len(self.low))) and _ME.search(told)
            for she in _SHE.finditer(self.low)
        )

    def last_group(self, sex: str | None = None, sentence: int = -1) -> Entity | None:
        """The several people last named; where `sex` is given, not such as are known to be of the other.

        Police and the like are taken only in the same `sentence`.
        """
        several = (one for one in reversed(self.entities) if one.plural)
        groups = (one for one in several if one.sentence == sentence or one.heads.isdisjoint(_OFFICIAL))
        return next((one for one in groups if sex is None or one.sex in (None, sex)), None)

    def has_group(self) -> bool:
        """Whether several reported people have been named together."""
        return any(one.plural and one.role == REPORTED for one in self.entities)

    def couple_reported(self) -> bool:
        """Whether reported people were called a couple."""
        return any(one.role == REPORTED and "couple" in one.heads for one in self.entities)

    def one_of_each(self) -> bool:
        """Whether "the two men" are the one who was harmed and the one who is reported."""
        men = [one for one in self.entities if not one.plural and one.sex != FEMALE]
        return (
            any(one.role == HARMED and one.sex == MALE for one in men)
            and any(one.role == REPORTED for one in men)
            and not self.has_group()
        )

    def add(self, mention: Mention) -> None:
        """Note a person newly named."""
        if mention.role == HARMED and mention.sex is None and self.harmed_man:
            mention.sex = MALE
        mention.entity = len(self.entities)
        made = Entity(mention.role, mention.sex, mention.plural, set(mention.heads), mention.sentence)
        made.new = mention.article == "new"
        made.start, made.end, made.place = mention.start, mention.end, mention.place
        self.entities.append(made)
