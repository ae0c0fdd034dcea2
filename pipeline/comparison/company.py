"""What the other pairs of claims of two articles say of a pair: of the best other partner of either, of the claims around."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.comparison.columns import Floats, Mask, Pairs, Whole, spread_out
from pipeline.comparison.likeness import Features

WORST, BEST, BY_FAR = -6.0, 4.0, 4.0  # log-odds beyond which more says nothing
LIKELY = -0.85  # log-odds above which two claims that give one figure may be of one fact
AROUND = (-2, -1, 1, 2)  # claims before and behind, as one article counts them
EDGE = max(AROUND)


@dataclass(frozen=True, slots=True)
class Places:
    """Where pairs stand: the claims of all meetings numbered, those of the first articles (`left`) and of the second.

    Each meeting is a field with a row for each claim of the first article, a column for each of the second, in the order of
    the text, and an edge around; `cell` is a pair's place in all the fields, `width` that of its field, `size` that of all.
    """

    left: Whole
    right: Whole
    cell: Whole
    width: Whole
    size: int

    def where(self, chosen: Mask) -> Places:
        """Those of pairs that are `chosen`."""
        return Places(self.left[chosen], self.right[chosen], self.cell[chosen], self.width[chosen], self.size)


def places(pairs: Pairs) -> Places:
    """The places of all comparable pairs; a claim that is in none is not counted."""
    (left, row, rows), (right, column, columns) = (_numbered(pairs, side) for side in (pairs.left, pairs.right))
    sizes = (rows + 2 * EDGE) * (columns + 2 * EDGE)
    width = (columns + 2 * EDGE)[pairs.meeting]
    start = (np.cumsum(sizes) - sizes)[pairs.meeting]
    return Places(left, right, start + (row + EDGE) * width + column + EDGE, width, int(sizes.sum()))


def _numbered(pairs: Pairs, claims: Whole) -> tuple[Whole, Whole, Whole]:
    """A number for each of the `claims` of each meeting, its rank there, and how many of them each meeting has."""
    known, number = np.unique(pairs.meeting * len(pairs.claims.items) + claims, return_inverse=True)
    ends = np.searchsorted(known, np.arange(pairs.meeting.max(initial=-1) + 2) * len(pairs.claims.items))
    return number, number - ends[pairs.meeting], np.diff(ends)


def beside(pairs: Pairs, scores: Floats, equal: Mask, at: Places) -> Features:
    """What the other `pairs` say of each, by the `scores` of each by itself and whether its claims are `equal`."""
    sure = np.where(equal & (scores > LIKELY), 1 / (1 + np.exp(-scores)), 0.0)
    return {**_rivals(scores, at), "sentence shared": _in_sentences(pairs, sure), **_around(sure, at)}


def _rivals(scores: Floats, at: Places) -> Features:
    """How a pair does beside the best other pair of either claim."""
    other = np.maximum(_best_other(scores, at.left), _best_other(scores, at.right))
    none = np.isneginf(other)
    return {
        "score": np.clip(scores, WORST, BEST),
        "rival": np.clip(other, WORST, BEST),
        "ahead": np.clip(scores - other, -BY_FAR, BY_FAR),
        "no rival": none.astype(np.float64),
    }


def _best_other(scores: Floats, claim: Whole) -> Floats:
    """The best score of the other pairs of a claim; minus infinity where there is none."""
    order = np.lexsort((scores, claim))
    claim, scores = claim[order], scores[order]
    first = np.diff(claim, prepend=-1) > 0
    last = np.diff(claim, append=claim.max(initial=-1) + 1) > 0  # of its claim, the best
    best = scores[last][np.cumsum(first) - 1]
    next_best = np.where(first, -np.inf, np.roll(scores, 1))
    return np.where(last, next_best, best)[np.argsort(order)]


def _in_sentences(pairs: Pairs, sure: Floats) -> Floats:
    """How sure the surest pair of two other claims of the two sentences is."""
    sentence = pairs.claims.coded("sentence", lambda item: (item.article, item.sentence))
    key = sentence[pairs.left] * (sentence.max(initial=0) + 1) + sentence[pairs.right]
    beside = np.flatnonzero(sure)
    beside = beside[np.argsort(key[beside], kind="stable")]
    first, end = (np.searchsorted(key[beside], key, side) for side in ("left", "right"))
    pair, at = spread_out(first, end - first)
    other = beside[at]
    apart = (pairs.left[pair] != pairs.left[other]) & (pairs.right[pair] != pairs.right[other])
    found = np.zeros(len(pairs))
    np.maximum.at(found, pair[apart], sure[other[apart]])
    return found


def _around(sure: Floats, at: Places) -> Features:
    """How sure the pairs of the claims before, behind and around are."""
    field = np.zeros(at.size)
    field[at.cell] = sure
    beyond = [field[at.cell + x * at.width + y] for x in AROUND for y in AROUND]
    return {
        "before shared": field[at.cell - at.width - 1],
        "behind shared": field[at.cell + at.width + 1],
        "around shared": np.max(beyond, axis=0),
    }
