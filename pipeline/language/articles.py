"""The language of an article: langdetect, seeded, on a bounded sample, and the words that only one language has.

langdetect is right on whole articles; among all its languages it is not on a few words, and among the three served it takes
Spanish for French. The words of `lexicon/<code>/language.toml` that no other language has decide which question it is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from pipeline import lexicon
from pipeline.language.votes import WORD, folded

_SAMPLE = 800
_SEED = 0
_SHARE = 0.1  # of a text's words, those that one served language alone has: a fifth of running text, next to none abroad
_SURE, _WORDS = 0.9, 8  # langdetect among all its languages: from what probability, and how many words, it is trusted


def detect(text: str) -> str | None:
    """Language of an article: BCP 47 primary tag, of any language; None where there is nothing to tell it by.

    langdetect chooses among the languages served where the text has enough words that only they have; else its judgement
    among all languages counts, if it is sure and the text is long enough for it.
    """
    sample = _sample(text, _SAMPLE)
    counts = _own_words(sample)
    best = max(lexicon.LANGUAGES, key=lambda code: counts[code])
    share = counts[best] / max(1, counts[""])
    code, _ = _ask(_served(), _sample(text, _SAMPLE // 2))
    if share < _SHARE or code is None:
        other, certainty = _ask(_everything(), sample)
        foreign = other is not None and other not in lexicon.LANGUAGES
        if code is None or (foreign and certainty > _SURE and counts[""] >= _WORDS):
            return other
    return best if share >= _SHARE and counts[""] < _WORDS else code


def _sample(text: str, size: int) -> str:
    """The beginning of `text` and a piece from its middle, `size` characters together."""
    if len(text) <= size:
        return text
    middle = len(text) // 2
    return text[: size // 2] + " " + text[middle : middle + size // 2]


def _own_words(text: str) -> Counter[str]:
    """How many words each served language has for itself alone, in all the world, and under "" how many words there are."""
    own = _own()
    counts: Counter[str] = Counter()
    for match in WORD.finditer(text):
        counts[""] += 1
        code = own.get(folded(match.group()))
        if code is not None:
            counts[code] += 1
    return counts


@cache
def _own() -> dict[str, str]:
    tables = {code: lexicon.language(code, "language") for code in lexicon.LANGUAGES}
    shared = Counter(word for table in tables.values() for word in set(table["words"]))
    abroad = {word for table in tables.values() for word in table["abroad"]}
    return {w: code for code, table in tables.items() for w in table["words"] if shared[w] == 1 and w not in abroad}


def _ask(factory: Any, sample: str) -> tuple[str | None, float]:
    """The likeliest language and its probability as langdetect sees it."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = factory.create()
    detector.append(sample)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return None, 0.0
    return (found[0].lang.split("-")[0], found[0].prob) if found else (None, 0.0)


@cache
def _served() -> Any:
    return _factory(lexicon.LANGUAGES)


@cache
def _everything() -> Any:
    return _factory(None)


def _factory(codes: Iterable[str] | None) -> Any:
    """A private langdetect factory: a fixed seed and profiles in a fixed order, so that nothing else changes an answer."""
    from importlib.resources import files

    from langdetect.detector_factory import DetectorFactory

    profiles = sorted((files("langdetect") / "profiles").iterdir(), key=lambda profile: profile.name)
    wanted = [p for p in profiles if p.is_file() and "." not in p.name and (codes is None or p.name in codes)]
    factory = DetectorFactory()
    factory.set_seed(_SEED)
    factory.load_json_profile([profile.read_text("utf-8") for profile in wanted])
    return factory
