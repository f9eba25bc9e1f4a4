"""Which report a value comes from, where an incident has several accounts and its values stand together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linkage.features.explanation import Explanation, Told
from linkage.features.item_states import SAID

LIST = "; "
"""What stands between the items of a list in words."""
_SAID = [said.partition("{}") for said in SAID.values() if said != "{}"]


@dataclass(frozen=True, slots=True)
class Whose:
    """Reports that tell a value as it is shown, or what one of them says in words of its own."""

    reports: tuple[str, ...]
    words: str = ""


def whose(shown: str, told: Sequence[Told]) -> list[Whose]:
    """The accounts behind a value as it is `shown`: those that say the same together, the others each in its own
    words. What one account alone tells is all there is, so it is never said twice."""
    listed = {_item(one): one for one in shown.split(LIST)}
    pieces = {one.report: _about(one.words, listed) for one in told}
    said = {piece for found in pieces.values() for piece in found} & set(listed.values())
    same = tuple(name for name, found in pieces.items() if len(told) == 1 or set(found) == said)
    rest = [Whose((name,), LIST.join(found)) for name, found in pieces.items() if name not in same]
    return [Whose(same), *rest] if same else rest


def accounts_words(explanation: Explanation) -> str:
    """What it means that reports of a pair are one account of several; nothing where none is."""
    named = [
        f"{one} tells of one incident with {', '.join(name for name in accounts if name != one)}"
        for one, accounts in (
            (explanation.report_a, explanation.accounts_a),
            (explanation.report_b, explanation.accounts_b),
        )
        if accounts
    ]
    return f"{'; '.join(named)}. Incidents are compared, and each value says which report tells it." if named else ""


def told_line(shown: str, told: Sequence[Told]) -> str:
    """A value with the accounts that it comes from, in one line."""
    found = [", ".join(one.reports) + (f": {one.words}" if one.words else "") for one in whose(shown, told)]
    return f"{shown} [{'; '.join(found)}]" if found else shown


def _about(words: str, listed: Mapping[str, str]) -> list[str]:
    """What an account says of the items that are listed; all it says where it speaks of none of them."""
    pieces = words.split(LIST)
    return [one for one in pieces if _item(one) in listed] or pieces


def _item(words: str) -> str:
    """The item of which something is said: denied, or read less surely."""
    for before, _, after in _SAID:
        if words.startswith(before) and words.endswith(after):
            return words[len(before) : len(words) - len(after)]
    return words
