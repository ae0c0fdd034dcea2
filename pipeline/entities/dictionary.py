"""Words that are in no dictionary of their language, by simplemma's tables: with a capital, they are names."""

from __future__ import annotations

from functools import lru_cache

from pipeline.entities.spelling import plain, words

LEAST = 4  # letters of a word that are enough to tell that no dictionary has it
LONG_TAIL, TAIL, HEAD = 6, 4, 3  # letters of the last word of a compound that show it alone; of either part that together do
LINKS = ("", "s", "es", "n", "en", "e")  # what stands between the parts of a German compound
FEMININE = "in"  # "Präfektin"


def is_strange(word: str, language: str) -> bool:
    """Whether a word with a capital is in no dictionary of a language, nor made of words that are."""
    last = word.rpartition("-")[2]
    if "-" in word and not (last[:1].isupper() and last.isalpha()):
        return False  # "Chassé-croisé", "Mondial-2018"
    if len(last) < LEAST or plain(last) in words("never"):
        return False
    if any(_known(form, language) for form in (last, last.lower())):
        return False
    return language != "de" or not (_known(last.removesuffix(FEMININE), "de") or _compound(last.lower()))


@lru_cache(maxsize=20_000)
def _known(word: str, language: str) -> bool:
    import simplemma

    return simplemma.is_known(word, lang=language)


@lru_cache(maxsize=20_000)
def _compound(word: str) -> bool:
    """Whether a German noun is made of others ("Permafrostuntersuchungen")."""
    for at in range(HEAD, len(word) - TAIL + 1):
        if not _known(word[at:].capitalize(), "de"):
            continue
        heads = (word[: at - len(link)] for link in LINKS if word[:at].endswith(link) and at - len(link) >= HEAD)
        if len(word) - at >= LONG_TAIL or any(_known(head.capitalize(), "de") for head in heads):
            return True
    return False
