"""A report told differently: a value and the words that tell it in the narrative change together.

Evidence is drawn from the fields and from the narrative's words. Were only the field changed, the words beside it
would go on telling the truth. So the narrative is read again by the extractor, and wherever it tells what changes,
the words are exchanged. Words that the extractor does not read as that fact stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from linkage.intake.assemble.extract import extract_report
from linkage.report import Part, Report, Span

Edit = tuple[int, int, str]
"""Characters [start, end) of the narrative, and the words that take their place."""


@dataclass
class Retelling:
    """One report while it is told differently: change `report`, say so for the narrative, then take `retold()`."""

    report: Report
    edits: set[Edit] = field(default_factory=set)

    @classmethod
    def of(cls, report: Report) -> Retelling:
        """Starts from a copy: the report that is given stays what it is."""
        return cls(report.model_copy(deep=True))

    def say(self, kind: str, before: Part, words: dict[str, str]) -> None:
        """Exchange what the narrative tells of a part (`kind`: its field in Report, as it was `before`).

        `words` gives the new words of each field that changes; "" leaves nothing. In a report with several people or
        vehicles only mentions that agree with the part are taken to be of it.
        """
        several = len(_parts(self.report, kind)) > 1
        for name, new in words.items():
            self._exchange(before.spans.get(name, []), new)
            for told in _parts(self._read(), kind):
                if not several or _agree(getattr(told, name, None), getattr(before, name, None)):
                    self._exchange(told.spans.get(name, []), new)

    def say_words(self, words: str, new: str, before: Collection[str] = ()) -> None:
        """Exchange every occurrence of these very words, in any case; with `before`, only where one of those words
        follows within three."""
        if words.strip():
            follows = rf"(?=(?:\W+\w+){{0,2}}\W+(?:{'|'.join(map(re.escape, before))})\b)" if before else ""
            pattern = rf"(?<!\w){re.escape(words.strip())}(?!\w){follows}"
            found = re.finditer(pattern, self.report.narrative or "", re.IGNORECASE)
            self._exchange([one.span() for one in found], new)

    def keep_items(self, path: str, kept: Callable[[str], bool]) -> None:
        """Drop the items of a list ("behaviours.present", "weapons", "speech" ...) that are not `kept`, and their
        words; provenance keeps its numbers in step."""
        items = _listed(self.report, path)
        dropped = {item for item in items if not kept(item)}
        if not dropped:
            return
        for report in (self.report, self._read()):
            for number, item in enumerate(_listed(report, path), start=1):
                if item in dropped:
                    self._exchange(report.spans.get(f"{path}.{number}", []), "")
        left = [number for number, item in enumerate(items, start=1) if item not in dropped]
        for held in (self.report.raw, self.report.spans):
            own: dict[str, Any] = {name: held.pop(name) for name in list(held) if re.match(rf"{path}(\.\d+)?$", name)}
            held |= {f"{path}.{new}": own[f"{path}.{n}"] for new, n in enumerate(left, 1) if f"{path}.{n}" in own}
        items[:] = [item for item in items if item not in dropped]

    def retold(self) -> Report:
        """The report with its narrative rewritten, and spans moved with it; spans of exchanged words are dropped."""
        told, edits = self.report.narrative, self._apart()
        if told and edits:
            text, at = "", 0
            for start, end, words in edits:
                text, at = text + told[at:start] + words, end
            self.report.narrative = (text + told[at:]) if (text + told[at:]).strip() else None
            for part in _every_part(self.report):
                moved = {name: _moved(spans, edits) for name, spans in part.spans.items()}
                part.spans = {name: spans for name, spans in moved.items() if spans and self.report.narrative}
        return self.report

    def _read(self) -> Report:
        return _extracted(self.report.narrative or "")

    def _exchange(self, spans: Sequence[Span], words: str) -> None:
        self.edits |= {(start, end, words) for start, end in spans}

    def _apart(self) -> list[Edit]:
        """Edits in order without overlaps; of two that overlap the longer is made."""
        chosen: list[Edit] = []
        for edit in sorted(self.edits, key=lambda edit: (edit[0] - edit[1], edit)):
            if all(edit[1] <= other[0] or edit[0] >= other[1] for other in chosen):
                chosen.append(edit)
        return sorted(chosen)


@lru_cache(maxsize=1 << 14)
def _extracted(narrative: str) -> Report:
    """What the extractor reads; shared, never to be changed."""
    return extract_report(narrative)


def _parts(report: Report, kind: str) -> list[Any]:
    held = getattr(report, kind)
    return held if isinstance(held, list) else [held]


def _listed(report: Report, path: str) -> list[str]:
    held: Any = report
    for name in path.split("."):
        held = getattr(held, name)
    values: list[str] = held
    return values


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return bool(set(one) & set(other))
    return one is not None and one == other


def _every_part(report: Report) -> Iterator[Part]:
    yield from (report, report.occurred, report.place, report.contact)
    yield from (*report.suspects, *report.vehicles, *report.identifiers)


def _moved(spans: Sequence[Span], edits: Sequence[Edit]) -> list[Span]:
    return [
        (start + by, end + by)
        for start, end in spans
        if all(end <= first or start >= last for first, last, _ in edits)
        for by in [sum(len(words) - (last - first) for first, last, words in edits if last <= start)]
    ]
