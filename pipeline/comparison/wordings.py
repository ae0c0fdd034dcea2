"""The words around claims, as columns: what `gist.gist` and `gist.holds` say of one claim, of many at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from pipeline.comparison.columns import Floats, Mask, Pairs, Whole
from pipeline.comparison.gist import STEM, weights
from pipeline.comparison.items import Item
from pipeline.comparison.texts import Held, Sets, Texts, weighed


class Wordings:
    """What stands around some claims, by their rows: telling stems and names, the own parties aside; which subjects are named."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._rows = len(items)
        sentences, titles = ([item.row[name] or "" for item in items] for name in ("sentence", "title"))
        texts = Texts(chain(sentences, titles))
        self._here, self._above = texts.rows(sentences), texts.rows(titles)
        parties, subjects = [item.parties for item in items], [item.subject for item in items]
        held = texts.stems()
        self._weights = np.array(weights(held.words), dtype=np.float64)
        self._stems = self._sets([held.of(self._here)]).without(self._own(parties, held, STEM))
        self._weight = self._weighed(*self._stems.listed, self._rows)
        held = texts.names()
        bare = np.array([item.row["language"] != "de" for item in items], dtype=bool)  # else all nouns are capitalised
        self._names = self._sets([each.where(bare[each.row]) for each in self._around(held)]).without(self._own(parties, held))
        held = texts.words(frozenset(" ".join(set(subjects)).split()).__contains__)
        self._heard, self._subject = self._sets(self._around(held)), self._own(subjects, held)
        words = {subject: len(set(subject.split())) for subject in set(subjects)}
        self._words = np.array([words[subject] for subject in subjects], dtype=np.int64)

    def _around(self, held: Held) -> list[Held]:
        """What sentences and headlines hold."""
        return [held.of(self._here), held.of(self._above)]

    def _sets(self, held: Sequence[Held]) -> Sets:
        row, member = (np.concatenate([each[side] for each in held]) for side in (0, 1))
        return Sets(row, member, self._rows, len(held[0].words))

    def _own(self, names: Sequence[str], held: Held, letters: int | None = None) -> Sets:
        """The words of a name of each claim, or so many letters of them, as far as they are held by any."""
        known = {word: number for number, word in enumerate(held.words)}
        own = {name: [known[word] for each in name.split() if (word := each[:letters]) in known] for name in set(names)}
        row = np.repeat(np.arange(self._rows), [len(own[name]) for name in names])
        member = np.array(list(chain.from_iterable(own[name] for name in names)), dtype=np.int64)
        return Sets(row, member, self._rows, len(known))

    def _weighed(self, row: Whole, member: Whole, rows: int) -> Floats:
        return weighed(row, self._weights[member], rows)

    def named(self, pairs: Pairs) -> Whole:
        """How many of two claims name the subject of the other in sentence or headline."""
        return self._names_subject(pairs.left, pairs.right) + self._names_subject(pairs.right, pairs.left)

    def _names_subject(self, claims: Whole, others: Whole) -> Whole:
        """Whether the `others` name the subject of the `claims`: all its words."""
        pair, _ = self._subject.shared(self._heard, claims, others)
        named: Whole = (np.bincount(pair, minlength=len(claims)) == self._words[claims]).astype(np.int64)
        return named

    def words(self, pairs: Pairs) -> tuple[Floats, Floats]:
        """What the stems that both claims have weigh, and the lighter of the two claims."""
        shared = self._weighed(*self._stems.shared(self._stems, pairs.left, pairs.right), len(pairs))
        return shared, np.minimum(*pairs.sides(self._weight))

    def names(self, pairs: Pairs) -> Floats:
        """1 where two claims share a name, -1 where both have names and share none, else 0."""
        pair, _ = self._names.shared(self._names, pairs.left, pairs.right)
        one: Mask = np.bincount(pair, minlength=len(pairs)) > 0
        return np.where(one, 1.0, np.where(pairs.both(self._names.sizes > 0), -1.0, 0.0))
