"""Durations that are no claims: the window of a measurement ("en 24 heures"), a distance in time ("un an plus tôt")."""

from __future__ import annotations

from functools import cache

from pipeline import lexicon
from pipeline.claims.context import Context
from pipeline.records import Mention
from pipeline.syntax import Sentence

VOTES = 40  # characters between the votes of the two sides
AHEAD = 24  # characters behind a duration in which its "plus tôt" stands


@cache
def phrases(language: str, section: str, key: str) -> tuple[str, ...]:
    """Phrases of `windows.toml`, the longest first."""
    return tuple(sorted((p.casefold() for p in lexicon.language(language, "windows")[section][key]), key=lambda p: (-len(p), p)))


def folded(text: str) -> str:
    """Text in lower case with straight apostrophes and plain spaces; every character keeps its place."""
    return "".join(c if len(c) == 1 else " " for c in (_plain(x) for x in text))


def _plain(c: str) -> str:
    return "'" if c in "’ʼ" else " " if c.isspace() else c.lower()


def ends(lead: str, found: tuple[str, ...]) -> str | None:
    """The phrase that ends `lead`, whole words only."""
    for p in found:
        if lead.endswith(p) and (len(lead) == len(p) or not lead[-len(p) - 1].isalnum()):
            return p
    return None


def begins(tail: str, found: tuple[str, ...]) -> str | None:
    """The phrase that begins `tail`, whole words only."""
    for p in found:
        if tail.startswith(p) and (p.endswith("'") or not tail[len(p) : len(p) + 1].isalnum()):
            return p
    return None


def lead_of(context: Context, sentence: Sentence, start: int) -> str:
    """What stands before `start` in its sentence."""
    return folded(context.article.text[sentence.start : start]).rstrip()


def _introduced(context: Context, sentence: Sentence, mention: Mention, key: str) -> bool:
    """Whether one of the prepositions of a section stands before a duration, fillers aside."""
    lead = lead_of(context, sentence, mention.start)
    found, fillers = phrases(sentence.language, key, "before"), phrases(sentence.language, "fillers", "words")
    for _ in range(4):
        if ends(lead, found):
            return True
        filler = ends(lead, fillers)
        if filler is None:
            return False
        lead = lead[: -len(filler)].rstrip()
    return False


def distance(context: Context, sentence: Sentence, mention: Mention) -> int:
    """-1 where a duration says how long before the time told ("un an plus tôt"), 1 how long after, 0 where neither."""
    if mention.kind != "duration":
        return 0
    tail = folded(context.article.text[mention.end : min(sentence.end, mention.end + AHEAD)]).lstrip()
    filler = begins(tail, phrases(sentence.language, "fillers", "words"))
    if filler is not None:
        tail = tail[len(filler) :].lstrip()  # "24 heures à peine après"
    if begins(tail, phrases(sentence.language, "distance", "earlier")):
        return -1
    return 1 if begins(tail, phrases(sentence.language, "distance", "later")) else 0


def _away(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a duration says how far off something is: "à deux mois du scrutin"."""
    tail = folded(context.article.text[mention.end : min(sentence.end, mention.end + AHEAD)]).lstrip()
    if not begins(tail, phrases(sentence.language, "distance", "of")):
        return False
    return ends(lead_of(context, sentence, mention.start), phrases(sentence.language, "distance", "away")) is not None


def _maturity(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a duration only says which bond or rate is meant: "le taux à dix ans", "zehnjährige Anleihen"."""
    behind = next((w.norm for w in sentence.words if w.start >= mention.end), "")
    if behind.endswith(phrases(sentence.language, "maturity", "behind")):
        return True
    lead = lead_of(context, sentence, mention.start)
    to = ends(lead, phrases(sentence.language, "distance", "away"))
    return to is not None and ends(lead[: -len(to)].rstrip(), phrases(sentence.language, "maturity", "before")) is not None


def _above(sentence: Sentence, mention: Mention, reach: int = 2) -> list[int]:
    root = sentence.root_of(sentence.indices(mention.start, mention.end))
    return list(sentence.ancestors(root))[:reach]


def _lasting(sentence: Sentence, mention: Mention) -> bool:
    """Whether what governs a duration lasts: "un contrat sur trois ans"."""
    words = phrases(sentence.language, "over", "lasting")
    return any(sentence.words[i].lemma in words for i in _above(sentence, mention))


def _standing(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a duration is that of a person's standing: "conducteur depuis vingt-deux ans"."""
    if _in_office(context, sentence, mention):
        return True
    people = lexicon.language(sentence.language, "syntax")
    nouns = {w.casefold() for w in (*people.get("people", {}).get("nouns", ()), *people["reference"]["PER"])}
    for i in _above(sentence, mention, 1):
        word = sentence.words[i]
        entity = context.entity_at(word.start, word.end)
        if word.lemma in nouns or word.norm in nouns or (entity is not None and entity.type == "PER"):
            return True
    return False


def _in_office(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether somebody has been in office, in power, married for so long: "en poste depuis dix-huit mois"."""
    lead = lead_of(context, sentence, mention.start)
    since = next((p for p in phrases(sentence.language, "since", "before") if ends(lead, (p,))), None)
    standing = phrases(sentence.language, "since", "standing")
    return since is not None and ends(lead[: -len(since)].rstrip(" ,"), standing) is not None


def _beside_figure(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether the clause of a duration holds another figure, whose window it is."""
    above = set(_above(sentence, mention, 1))
    others = (m for m in context.mentions_in(sentence.start, sentence.end) if m.kind not in ("date", "duration"))
    roots = (sentence.root_of(sentence.indices(m.start, m.end)) for m in others)
    return any(above & {i, *list(sentence.ancestors(i))[:2]} for i in roots)


def window(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a length of time only situates something else, and is no claim."""
    if mention.kind == "count":
        return mention.unit in phrases(sentence.language, "over", "nouns") and _introduced(context, sentence, mention, "over")
    if mention.kind != "duration":
        return False
    if distance(context, sentence, mention) or _away(context, sentence, mention) or _maturity(context, sentence, mention):
        return True
    if _introduced(context, sentence, mention, "over"):
        return not _lasting(sentence, mention)
    if _introduced(context, sentence, mention, "since"):
        return not _standing(context, sentence, mention)
    return _introduced(context, sentence, mention, "during") and _beside_figure(context, sentence, mention)


def outvoted(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a value is the votes of the other side: "287 voix contre 281" sets no earlier state against a later one."""
    earlier = [m for m in context.mentions_in(sentence.start, mention.start) if m.kind != "date"]
    sides = phrases(sentence.language, "ballots", "against")
    tail = folded(context.article.text[mention.end : mention.end + AHEAD]).lstrip()
    if not earlier or not (ends(lead_of(context, sentence, mention.start), sides) or begins(tail, sides)):
        return False
    ballots = phrases(sentence.language, "ballots", "words")
    between = folded(context.article.text[earlier[-1].start : mention.start])
    return len(between) <= VOTES and any(f" {b} " in f"{between} " for b in ballots)
