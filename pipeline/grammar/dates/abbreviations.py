"""Full stops that end no sentence: those of titles and initials, "M. Dupont", "Marine P., une élève"."""

from __future__ import annotations

from functools import cache

from pipeline import lexicon

_WITHIN = frozenset((",", "-"))  # signs behind an initial: "Marine P., ", "J.-P. Dupont"


def _union(topic: str, key: str) -> frozenset[str]:
    return frozenset(word for code in lexicon.LANGUAGES for word in lexicon.language(code, topic)[key])


@cache
def _titles() -> frozenset[str]:
    """Abbreviations to which what follows always belongs, as written."""
    return _union("sentences", "inner")


@cache
def _openers() -> frozenset[str]:
    """Grammatical words of all languages, which open a sentence and are no part of a name."""
    return _union("language", "words")


def abbreviates(word: str, following: str) -> bool:
    """Whether the full stop right behind `word` is its own, by the word or sign that follows it; both as written."""
    if word in _titles():
        return bool(following)
    if len(word) > 1 or not word.isupper():
        return False
    name = following[:1].isupper() and following.casefold() not in _openers()
    return name or following[:1].islower() or following in _WITHIN
