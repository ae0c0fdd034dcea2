"""What takes a part of a period: "début", "mi-", "fin", "courant"."""

from __future__ import annotations

from pipeline.grammar.dates.passage import DASHES, Passage


def modifier_before(p: Passage, i: int) -> tuple[str | None, int]:
    """(modifier, first token) of the modifier that ends before token `i`; (None, i) where none does."""
    if p.norm(i - 1) in DASHES:
        hit = p.back("modifiers", i - 1)
        return (hit.value, i - 1 - hit.length) if hit else (None, i)
    if hit := p.back("modifiers", i):
        return hit.value, i - hit.length
    if (of := p.back("articles.of_part", i)) and (hit := p.back("modifiers", i - of.length)) and hit.value != "during":
        start = i - of.length - hit.length
        led = hit.length == 1 or p.look("ordinals", start)  # "der ersten Hälfte", yet "das | zu Beginn der Woche"
        article = p.back("articles.definite", start) if led else None
        return hit.value, start - (article.length if article else 0)
    return None, i
