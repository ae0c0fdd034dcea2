"""Past or future: the verbs around a date."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.grammar.dates.vocabulary import AUXILIARY, PARTICIPLE, Vocabulary

PAST, UNKNOWN, FUTURE = -1, 0, 1
_REACH = 24  # tokens to each side: beyond that, a cue seldom governs the date
_AUXILIARY = 5  # tokens from a participle back to its auxiliary
_STOPS = frozenset('.!?;:…"«»')


def _participle(norms: Sequence[str], i: int, vocabulary: Vocabulary) -> int:
    """FUTURE of a participle that an auxiliary of the future governs ("sera présenté"), else PAST ("présenté le 3 mars")."""
    for k in range(i - 1, max(-1, i - 1 - _AUXILIARY), -1):
        if norms[k] in _STOPS:
            break
        if (found := vocabulary.direction(norms[k])) in (PAST, FUTURE):
            return found
    return PAST


def _perfect(norms: Sequence[str], i: int, vocabulary: Vocabulary) -> int:
    """PAST of a present auxiliary with its participle ("ist ... gekommen", "dass sie gekommen sind"), UNKNOWN of one alone."""
    for places in (range(i + 1, min(len(norms), i + 1 + _REACH)), range(i - 1, max(-1, i - 1 - _AUXILIARY), -1)):
        for k in places:
            if norms[k] in _STOPS:
                break
            if vocabulary.perfect(norms[k]):
                return PAST
    return UNKNOWN


def _cues(norms: Sequence[str], places: range, vocabulary: Vocabulary) -> tuple[int, int]:
    """(direction, distance) of the nearest cue along `places`."""
    for distance, i in enumerate(places):
        norm = norms[i]
        if norm in _STOPS:
            break
        found = vocabulary.direction(norm)
        if found == PARTICIPLE:
            return _participle(norms, i, vocabulary), distance
        if found == AUXILIARY:
            found = _perfect(norms, i, vocabulary)
        if found:
            return found, distance
    return UNKNOWN, _REACH


def tense(norms: Sequence[str], start: int, end: int, vocabulary: Vocabulary) -> int:
    """PAST, FUTURE or UNKNOWN of what is said around the tokens `start` to `end`: the nearest cue decides."""
    if start and norms[start - 1] in vocabulary.announcers:
        return FUTURE
    if start > 1 and norms[start - 1].endswith(vocabulary.infinitives) and norms[start - 2] in vocabulary.purposes:
        return FUTURE  # "appelle à manifester samedi"
    left = _cues(norms, range(start - 1, max(-1, start - 1 - _REACH), -1), vocabulary)
    right = _cues(norms, range(end, min(len(norms), end + _REACH)), vocabulary)
    return (left if left[1] <= right[1] + 2 else right)[0] if left[0] else right[0]
