"""Past or future: the verbs around a date."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.grammar.dates.vocabulary import Vocabulary

PAST, FUTURE = -1, 1
_REACH = 24  # tokens to each side: beyond that, a cue seldom governs the date
_STOPS = frozenset(".!?;:…\"«»")


def _cues(norms: Sequence[str], places: range, vocabulary: Vocabulary) -> tuple[int, int]:
    """(direction, distance) of the nearest cue along `places`."""
    for distance, i in enumerate(places):
        norm = norms[i]
        if norm in _STOPS and distance:
            break
        if found := vocabulary.direction(norm):
            return found, distance
    return 0, _REACH


def tense(norms: Sequence[str], start: int, end: int, vocabulary: Vocabulary) -> int:
    """PAST, FUTURE or 0 (unknown) of what is said around the tokens `start` to `end`: the nearest cue decides."""
    left = _cues(norms, range(start - 1, max(-1, start - 1 - _REACH), -1), vocabulary)
    right = _cues(norms, range(end, min(len(norms), end + _REACH)), vocabulary)
    return (left if left[1] <= right[1] + 2 else right)[0] if left[0] else right[0]
