"""Parts of the day: what belongs to the day before it ("mardi soir"), "ce soir", "la nuit dernière", "dans la soirée"."""

from __future__ import annotations

from pipeline.grammar.dates import calendar, years
from pipeline.grammar.dates.passage import SAME_DAY, Find, Passage
from pipeline.grammar.dates.pointers import with_article


def after(p: Passage, e: int) -> int:
    """The first token after the part of the day ("matin", "dans la soirée") at token `e`, or `e`."""
    if p.look("dayparts.never", e):
        return e
    hit = p.look("dayparts.after", e)
    return e + hit.length if hit and not p.look("dayparts.nouns", e + hit.length) else e


def pointed(p: Passage, i: int) -> list[Find]:
    """The date of "ce soir", "cette nuit", "this morning", whose noun is token `i`."""
    hit, this = p.look("dayparts.nouns", i), p.back("pointers.this", i)
    if hit is None or p.look("pointers.there", i + hit.length):
        return []
    if (pointer := years.pointer_after(p, i + hit.length)) and pointer[0] and (article := p.back("articles.definite", i)):
        return [_night(p, i - article.length, pointer)]
    if (led := p.back("pointers.last", i)) and p.back("articles.definite", i - led.length):
        return [_night(p, with_article(p, i - led.length), (-1, i + hit.length))]
    if this is None or p.look("not.occasions", i):
        return []
    span = calendar.day(p.published) if p.published else None
    return [Find(i - this.length, i + hit.length, p.vocabularies[i].code, ("part of the day of publication",), span=span)]


def _night(p: Passage, start: int, pointer: tuple[int, int]) -> Find:
    """ "la nuit dernière": from the day before the publication to that of it; "la nuit prochaine": on to the day after."""
    code = p.vocabularies[start].code
    first = calendar.add(p.published, "day", min(pointer[0], 0)) if p.published else None
    rule = ("night beside the day of publication",)
    return Find(start, pointer[1], code, rule, span=calendar.between(first, 1))


def told_nearby(p: Passage, i: int) -> list[Find]:
    """ "dans la soirée", "am Nachmittag" at token `i`: on a day told nearby."""
    early = p.back("dayparts.adjectives", i)  # "am frühen Abend"
    start = i - (early.length if early else 0)
    hit, cue = p.look("dayparts.nouns", i), p.back("daypart_cues.before", start)
    if hit is None or cue is None or p.look("articles.of", i + hit.length) or p.look("not.after_daypart", i + hit.length):
        return []
    article = p.back("articles.definite", start)
    start -= article.length if article else 0
    return [Find(start, i + hit.length, p.vocabularies[i].code, ("part of a day told nearby",), offset=SAME_DAY)]
