"""Behaviours: each a hidden propensity of the person, shifted by sector and theme, told, denied or left unsaid.

Exact but for: the drift of propensities from one offence to the next and the escalation of violence (a twentieth of
a log odds an offence), which are left out; themes by Gauss-Hermite and propensities by Gauss-Jacobi quadrature.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import expit, logit, roots_hermitenorm, roots_jacobi

from linkage.synthetic.behaviour import Habits, habits, source
from linkage.synthetic.boxes import Boxes
from linkage.synthetic.parameters import Parameters, read_table
from linkage.synthetic.wording import Wording

from .observed import Account, Seen, own_sector

THEME_NODES = 5
PROPENSITY_NODES = 24

FEW = 5.0
"""Written behaviours that the overall share read counts for, where an item's own is counted [G]."""

Array = NDArray[np.float64]


class Telling:
    """How likely what a report tells of each behaviour is, if it happened and if not."""

    def __init__(self, params: Parameters, read: Sequence[Account] = ()) -> None:
        self.settings, self.style = params["report"], params["narrative"]
        self.keys = list(params["behaviours"])
        boxes = Boxes(params, Wording(params))
        phrases = read_table("phrases.toml")["behaviours"]
        self.box = np.array([boxes.has_box(key) for key in self.keys])
        self.never = np.array(["never" in phrases[key] for key in self.keys])
        channel: dict[str, float] = self.settings["channel"]
        self.channel = {name: share / sum(channel.values()) for name, share in channel.items()}
        self.found, self.misread = self._reading(read)
        self.as_read = bool(read)

    def _reading(self, accounts: Sequence[Account]) -> tuple[Array, Array]:
        """Chance that a behaviour that is written is read, and that one is read that is not written (items,).

        Counted in the reports themselves, which only their truth allows: the oracle knows how the engine errs.
        """
        told, hit, extra = np.zeros((3, len(self.keys)))
        for account in accounts:
            written, read = self._at(account.behaviours[0]), self._at(account.behaviours_read[0])
            told[written] += 1
            hit[sorted({*written} & {*read})] += 1
            extra[sorted({*read} - {*written})] += 1
        if not accounts:
            return np.ones(len(self.keys)), np.zeros(len(self.keys))
        overall = hit.sum() / max(1.0, told.sum())
        return (hit + FEW * overall) / (told + FEW), (extra + 0.5) / (len(accounts) + 1)

    def likelihood(self, account: Account) -> tuple[Array, Array]:
        """(items,) if it happened, and (items,) if it did not."""
        kind = account.row["report_type"]
        keep, asked = self.settings["keep"][kind], self.settings["absent_asked"][kind]
        invented, shown = self.settings["false_present"], self._shown(account)
        if self.as_read:
            shown = shown * self.found
            keep = keep + (1 - keep) * self.misread
            invented = invented + (1 - invented) * self.misread / self.found
        happened = 1 - keep * shown
        not_happened = 1 - invented * shown - (1 - invented) * asked * self._denied(account)
        told = account.behaviours_read if self.as_read else account.behaviours
        present, absent = map(self._at, told)
        happened[absent], not_happened[absent] = 0.0, 1.0
        happened[present] = np.broadcast_to(keep, shown.shape)[present]
        not_happened[present] = np.broadcast_to(invented, shown.shape)[present]
        return happened, not_happened

    def _at(self, keys: Iterable[str]) -> list[int]:
        return [self.keys.index(key) for key in keys if key in self.keys]

    def _shown(self, account: Account) -> Array:
        """Chance that a behaviour that was told is written: a text has a limit, and some reports have no text."""
        row = account.row
        form = 0.0 if account.text_only else self.channel["form"] + self.channel["both"]
        shown = np.full(len(self.keys), 1.0 if row["register"] else form)
        limit = self.style["hearsay_limit" if row["report_type"] == "third_party" else "story_limit"]
        if len(row["text_behaviours"]) >= limit:
            last = max(self._at(row["text_behaviours"]))
            shown[last + 1 :] = form
        return shown

    def _denied(self, account: Account) -> Array:
        """Chance that an absent behaviour that was asked about is written."""
        chance = self.style["not_happened_text" if account.text_only else "not_happened"]
        text = self.never * chance * bool(account.row["register"])
        if account.text_only:
            return np.asarray(text, dtype=np.float64)
        box = self.box.astype(np.float64)
        only = self.channel["form"] * box + self.channel["words"] * text
        both: Array = only + self.channel["both"] * (1 - (1 - box) * (1 - text))
        return both


def matrix(seen: Seen, as_read: bool = False) -> Array:
    """Likelihood ratio of every two rows, shape (rows, rows), given the sectors of both incidents.

    With `as_read` the oracle knows no behaviours but those that the engine read, and how often it reads wrongly.
    """
    params = seen.made.params
    telling = Telling(params, [account for row in seen.rows for account in row] if as_read else ())
    laid = [[telling.likelihood(account) for account in row] for row in seen.rows]
    happened = np.array([np.prod([one for one, _ in row], axis=0) for row in laid])
    not_happened = np.array([np.prod([other for _, other in row], axis=0) for row in laid])
    return _ratios(params, habits(params, source(seen.made.seed)), seen.sector, happened, not_happened)


def _ratios(
    params: Parameters, law: Habits, sector: NDArray[np.int64], happened: Array, not_happened: Array
) -> Array:
    """Ratios of every two rows from the likelihoods (rows, items) of what they tell."""
    order = np.argsort(law.theme, kind="stable")
    ordered = Habits(law.base[:, order], law.rho[order], law.loading[order], law.theme[order])
    edges = np.searchsorted(ordered.theme, np.arange(params["behaviour"]["themes"] + 1))
    once, twice = _moments(ordered)
    weight = roots_hermitenorm(THEME_NODES)[1]
    weight /= weight.sum()
    flat, rise = not_happened[:, order], (happened - not_happened)[:, order]
    one, two = own_sector(params)
    alone = _alone(sector, flat, rise, once, edges, weight, one)
    found: Array = _together(sector, flat, rise, once, twice, edges, weight, two)
    found /= alone[:, None] * alone[None, :]
    return found + np.triu(found, 1).T


def _moments(law: Habits) -> tuple[Array, Array]:
    """Mean chance of each behaviour (own sector, incident's sector, items, theme nodes), and mean product of the
    chances at two incidents (own, one's, other's, items, theme nodes of one, of the other)."""
    sectors, items = law.base.shape
    theme = roots_hermitenorm(THEME_NODES)[0]
    first, second = law.propensity()
    once = np.empty((sectors, sectors, items, THEME_NODES))
    twice = np.empty((sectors, sectors, sectors, items, THEME_NODES, THEME_NODES))
    for own in range(sectors):
        for item in range(items):
            at, share = roots_jacobi(PROPENSITY_NODES, second[own, item] - 1, first[own, item] - 1)
            share = share / share.sum()
            shift = (law.base[:, item] - law.base[own, item])[:, None] + theme * law.loading[item]
            propensity = logit(np.clip((at + 1) / 2, 1e-6, 1 - 1e-6))
            chance = expit(propensity + shift[..., None])
            once[own, :, item] = chance @ share
            twice[own, :, :, item] = np.einsum("azp,bwp,p->abzw", chance, chance, share)
    return once, twice


@njit(cache=True)
def _alone(sector, flat, rise, once, edges, weight, chance):  # type: ignore[no-untyped-def]
    """Likelihood of each row by itself (rows,)."""
    found = np.zeros(len(sector))
    for a in range(len(sector)):
        for own in range(chance.shape[1]):
            whole = chance[sector[a], own]
            for theme in range(len(edges) - 1):
                mean = 0.0
                for z in range(len(weight)):
                    product = weight[z]
                    for item in range(edges[theme], edges[theme + 1]):
                        product *= flat[a, item] + rise[a, item] * once[own, sector[a], item, z]
                    mean += product
                whole *= mean
            found[a] += whole
    return found


@njit(cache=True)
def _together(sector, flat, rise, once, twice, edges, weight, chance):  # type: ignore[no-untyped-def]
    """Likelihood of every two rows as one person's, upper triangle of (rows, rows)."""
    n, nodes = len(sector), len(weight)
    found = np.zeros((n, n))
    product = np.empty((nodes, nodes))
    for a in range(n):
        for b in range(a + 1, n):
            for own in range(chance.shape[2]):
                whole = chance[sector[a], sector[b], own]
                one, other = once[own, sector[a]], once[own, sector[b]]
                both = twice[own, sector[a], sector[b]]
                for theme in range(len(edges) - 1):
                    product[:] = 1.0
                    for item in range(edges[theme], edges[theme + 1]):
                        base = flat[a, item] * flat[b, item]
                        left, right = rise[a, item] * flat[b, item], flat[a, item] * rise[b, item]
                        joint = rise[a, item] * rise[b, item]
                        for z in range(nodes):
                            said = base + left * one[item, z]
                            for w in range(nodes):
                                product[z, w] *= said + right * other[item, w] + joint * both[item, z, w]
                    mean = 0.0
                    for z in range(nodes):
                        for w in range(nodes):
                            mean += weight[z] * weight[w] * product[z, w]
                    whole *= mean
                found[a, b] += whole
    return found
