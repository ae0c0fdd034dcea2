"""Who says it: a claim's attribution to a speaker or a body, None where the article itself speaks."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.quotations import quoted_speaker
from pipeline.claims.reference import spoken_of
from pipeline.claims.speakers import (
    asides,
    can_speak,
    counting,
    last_speaker,
    latter,
    line_speaker,
    named_subject,
    said,
    speaker_at,
    told_apart,
    told_by,
)
from pipeline.claims.ways import parted
from pipeline.claims.windows import folded, phrases
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words

HEAD = 12  # characters into a sentence within which a source stands at its head


def attribution(context: Context, sentence: Sentence, mention: Mention, measure: Measure, who: str) -> str | None:
    """Whom the article has it from ("Selon Reuters": `Reuters`), None where the article itself speaks; `who` is the subject."""
    personal = measure.metric == "age" and _in_passing(sentence, measure)
    return (
        _after_source(context, sentence, mention)
        or _agent(context, sentence, measure)
        or (None if personal else _speaker(context, sentence, mention, measure, who))
        or (None if personal else _aside(context, sentence, mention, who))
        or quoted_speaker(context, sentence, mention.start)
        or next((a.speaker for a in context.answers if a.start <= mention.start < a.end), None)
    )


def _in_passing(sentence: Sentence, measure: Measure) -> bool:
    """Whether an age only describes whom more is told of: "un homme de 34 ans a été arrêté", but not "il est âgé de 34 ans"."""
    for head in sentence.ancestors(measure.root):
        word = sentence.words[head]
        if word.pos in ("NOUN", "PROPN"):
            return True
        if word.dep not in labels(sentence.language, "participle"):
            return False
    return False


def sources_in(context: Context, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where the sentence has a "selon": start and end of each."""
    text = folded(context.article.text[sentence.start : sentence.end])
    for source in sorted(words(sentence.language, "speech", "sources"), key=len, reverse=True):
        at = text.find(source)
        while at >= 0:
            behind = text[at + len(source) : at + len(source) + 1]
            whole = (at == 0 or not text[at - 1].isalnum()) and not behind.isalpha() and behind != "-"  # "d'après-midi"
            if whole:
                yield sentence.start + at, sentence.start + at + len(source)
            at = text.find(source, at + 1)


def _after_source(context: Context, sentence: Sentence, mention: Mention) -> str | None:
    """The speaker behind "selon", "laut", "according to", "comme l'indique", where it governs the value.

    At the head of the sentence it governs all of it up to a contrast; elsewhere what stands before it in its clause.
    """
    names = {start: _name_at(context, sentence, end) for start, end in sources_in(context, sentence)}
    names.update(told_by(context, sentence))
    names.update(each(context, sentence))
    for start in sorted(names):
        others = [s for s in names if s != start]
        if _governs(context, sentence, mention, start, others):
            return names[start]
    return None


def each(context: Context, sentence: Sentence) -> dict[int, str | None]:
    """Whom "pour" gives figures to that differ: "390 000 pour la police, un million pour la CTU"; where each, and who."""
    out: dict[int, str | None] = {}
    finite = (w for w in sentence.words if "VerbForm=Fin" in w.morph)
    if not sentence.parsed or any(w.lemma not in words(sentence.language, "speech", "being") for w in finite):
        return _bracketed(context, sentence)  # "il a versé 3 millions pour la mairie"
    ends = {m.end for m in context.mentions_in(sentence.start, sentence.end) if m.kind != "date"}
    for i in range(1, len(sentence.words) - 1):
        word = sentence.words[i]
        if word.norm not in words(sentence.language, "speech", "for") or sentence.words[i - 1].end not in ends:
            continue
        body = i + 1 + (sentence.words[i + 1].pos == "DET")
        if body < len(sentence.words) and can_speak(context, sentence, body):
            out[word.start] = speaker_at(context, sentence, body, source=True)
    return out if len(out) > 1 or any(True for _ in sources_in(context, sentence)) else {}


def _bracketed(context: Context, sentence: Sentence) -> dict[int, str | None]:
    """The same within brackets, of bodies alone: "0,6 % (0,9 % pour le gouvernement, 0,7 % pour la Banque centrale)"."""
    out: dict[int, dict[int, str | None]] = {}
    ends, opened = {m.end for m in context.mentions_in(sentence.start, sentence.end)}, -1
    bodies = words(sentence.language, "speech", "bodies")
    for i, word in enumerate(sentence.words):
        opened = i if word.norm == "(" else -1 if word.norm == ")" else opened
        if opened < 0 or word.norm not in words(sentence.language, "speech", "for") or sentence.words[i - 1].end not in ends:
            continue
        body = i + 1 + any(w.pos == "DET" for w in sentence.words[i + 1 : i + 2])
        at = sentence.words[body] if body < len(sentence.words) else word
        entity = context.entity_at(at.start, at.end)
        if at.lemma in bodies or (entity is not None and entity.type == "ORG"):
            out.setdefault(opened, {})[word.start] = speaker_at(context, sentence, body, source=True)
    return {start: name for found in out.values() if len(found) > 1 for start, name in found.items()}


def _governs(context: Context, sentence: Sentence, mention: Mention, place: int, others: list[int]) -> bool:
    text = context.article.text
    low, high = min(place, mention.end), max(place, mention.start)
    if any(low < other < high for other in others) or ";" in text[low:high]:
        return False
    between = text[low:high]
    if _contrasted(sentence, between, low, others):
        return False
    if place <= mention.start:
        lead = text[sentence.start : place].strip(" ,;:«\"'-–—*•")
        if not lead or place - sentence.start < HEAD or text[:place].rstrip()[-1:] == ":":
            return True
        return _set_off(context, sentence, mention, place)
    if not context.mentions_in(mention.end, place):
        return between.count(",") <= 2 and (sentence.parsed or not _clause_between(text[mention.end : place]))
    return not set(between) & set(":()«»") and _one_clause(sentence, mention, place)


def _contrasted(sentence: Sentence, between: str, start: int, others: list[int]) -> bool:
    """Whether a contrast lies in what stands between a value and a source, so that another voice may speak.

    An earlier state is the same one's ("3 %, contre 5 % en 2015") where nobody else is named and nobody speaks.
    """
    found = [c for c in phrases(sentence.language, "breaks", "contrast") if f" {c}" in f" {folded(between)} "]
    inside = range(start, start + len(between))
    speaks = any(w.start in inside and said(sentence, i, "verbs", "announce") for i, w in enumerate(sentence.words))
    alone = not speaks and not any(other > start for other in others)
    return any(not alone or c not in phrases(sentence.language, "breaks", "earlier") for c in found)


def _clause_between(between: str) -> bool:
    """Whether a comma opens a clause between a value and the source behind it, where nothing was parsed."""
    head, comma, tail = between.rpartition(",")
    return bool(comma) and len(tail.split()) > 0 and bool(head.strip(" ,") or tail.strip())


def _set_off(context: Context, sentence: Sentence, mention: Mention, place: int) -> bool:
    """Whether a source between commas governs what follows it: "le prix moyen, d'après l'Observatoire, est de 12 euros"."""
    text = context.article.text
    figures = [m for m in context.mentions_in(sentence.start, place) if m.kind != "date"]
    parted = text[:place].rstrip()[-1:] == ","
    who = next((i for i, w in enumerate(sentence.words) if w.start > place and w.pos in ("NOUN", "PROPN")), None)
    if who is None or (
        context.entity_at(sentence.words[who].start, sentence.words[who].end) is None
        and sentence.words[who].lemma not in words(sentence.language, "speech", "bodies")
    ):
        return False  # "selon les marques"
    return parted and not figures and text[place : mention.start].count(",") == 1


def _one_clause(sentence: Sentence, mention: Mention, place: int) -> bool:
    """Whether no second finite verb stands between a value and the source behind it."""
    if not sentence.parsed:
        return True
    verbs = [w for w in sentence.words if mention.end <= w.start < place and "VerbForm=Fin" in w.morph]
    stop = max((w.end for w in sentence.words if w.norm in STOPS and w.end <= mention.start), default=sentence.start)
    before = [w for w in sentence.words if stop <= w.start < mention.start and "VerbForm=Fin" in w.morph]
    return len(verbs) <= (0 if before else 1)


def _name_at(context: Context, sentence: Sentence, offset: int) -> str | None:
    """The entity or noun that begins within a few words of `offset`."""
    nouns = [i for i, w in enumerate(sentence.words) if w.start >= offset and w.pos in ("NOUN", "PROPN")]
    pointing = latter(context, sentence, offset)
    if pointing is not None:
        return pointing
    author = _author(context, sentence, nouns[0]) if nouns and sentence.words[nouns[0]].start - offset < AUTHOR else None
    if author is not None:
        return author
    ahead = context.places_in(offset, min(sentence.end, offset + 40))
    nobody = words(sentence.language, "speech", "nobody")
    behind = [w for w in sentence.words if w.start >= offset][:1]
    hyphen = bool(behind) and context.article.text[behind[0].end : behind[0].end + 1] == "-"  # "lui-même"
    if behind and behind[0].norm in words(sentence.language, "speech", "stand_in") and not hyphen:
        found = spoken_of(context, sentence, "PER", "ORG")
        return found.name if found is not None else last_speaker(context, sentence)
    if any(w.norm in nobody for w in sentence.words if offset <= w.start < offset + 20):
        return None
    if ahead and (not nouns or ahead[0][0] <= sentence.words[nouns[0]].start + 1):
        return ahead[0][2].name
    if nouns and sentence.words[nouns[0]].start - offset < 40:
        return speaker_at(context, sentence, nouns[0], source=True)
    return ahead[0][2].name if ahead else _plain(sentence, offset)


AUTHOR = 30  # characters behind "selon" within which a report or its figures are named
LONG = 9  # words from there to its author


def _author(context: Context, sentence: Sentence, i: int) -> str | None:
    """Whose the figures or the report are that stand behind "selon": "les calculs de la Cour", "une étude menée par X"."""
    if sentence.words[i].lemma not in words(sentence.language, "speech", "works"):
        return None
    of, by = (words(sentence.language, "prepositions", key) for key in ("of", "by"))
    for j in range(i + 1, min(len(sentence.words) - 1, i + LONG)):
        word = sentence.words[j]
        if "VerbForm=Fin" in word.morph or not (word.norm[0].isalnum() or word.norm[0] == "'"):
            return None
        if word.norm in by | (of if j == i + 1 or sentence.words[j - 1].pos == "ADJ" else frozenset()):
            known = context.places_in(word.end, min(sentence.end, word.end + NEXT))
            if known and not context.article.text[word.end : known[0][0]].strip(ARTICLES):
                return known[0][2].name if known[0][2].type != "LOC" else None
            noun = next((k for k in range(j + 1, min(len(sentence.words), j + 4)) if sentence.words[k].pos == "NOUN"), None)
            if noun is not None and can_speak(context, sentence, noun):
                return speaker_at(context, sentence, noun, source=True)
    return None


NEXT = 6  # characters from a preposition to the name behind it
ARTICLES = " lLaAeEsS'’"  # letters of the articles between them


def _plain(sentence: Sentence, offset: int) -> str | None:
    """The first word behind a source that is no determiner, where nothing was parsed."""
    skipped = words(sentence.language, "reference", "definite") | words(sentence.language, "reference", "determiners")
    ahead = [w for w in sentence.words if w.start >= offset and w.norm not in skipped]
    return ahead[0].text if ahead and not sentence.parsed and ahead[0].norm.isalpha() else None


def _agent(context: Context, sentence: Sentence, measure: Measure) -> str | None:
    """By whom a value was measured or told: "mesurée à 0,8 % par l'Insee"."""
    if not sentence.parsed:
        return None
    for i in (measure.root, *list(sentence.ancestors(measure.root))[:4]):
        word = sentence.words[i]
        told = {word.lemma, word.verb} & words(sentence.language, "speech", "measured")
        if not told or ("Part" not in word.morph and not word.verb):
            continue
        for j in (*sentence.children[i], *sentence.children[measure.root]):
            if sentence.case(j) in words(sentence.language, "prepositions", "by") and can_speak(context, sentence, j):
                return speaker_at(context, sentence, j)
    return None


def _speaker(context: Context, sentence: Sentence, mention: Mention, measure: Measure, who: str) -> str | None:
    """The subject of a verb of speech that the value depends on.

    What one announces of oneself ("X annonce 200 suppressions de postes") is asserted, not attributed; what one claims or
    counts is attributed whoever it is of.
    """
    if not sentence.parsed:
        return _on_line(context, sentence, mention, who)
    verb = counting(sentence, mention)
    if verb is not None and verb > 1 and can_speak(context, sentence, verb - 2):
        return speaker_at(context, sentence, verb - 2)
    for i in sentence.ancestors(measure.root):
        if not said(sentence, i, "verbs", "announce", "counted") or sentence.words[i].start > mention.start:
            continue
        if parted(sentence, i, measure.root) or told_apart(sentence, i, measure.root):
            break
        found = named_subject(context, sentence, i)
        inside = found is None or measure.root in sentence.subtree(found[0])
        author = _author(context, sentence, found[0]) if found is not None and not inside else None
        if author is not None:
            return author  # "le bilan établi par la préfecture fait état de trois morts"
        if found is None or found[0] == measure.root or not can_speak(context, sentence, found[0]):
            continue
        if i < found[0] and sentence.words[found[0]].start < mention.start:
            continue  # behind an inversion: "« ... », lâche un retraité, qui a connu l'entrée de Jinlun, monté à 30 %"
        at, name = found
        if said(sentence, i, "counted") and not _tallied(sentence, i, at):
            continue
        if _gapped(sentence, mention) is not None:
            return speaker_at(context, sentence, _gapped(sentence, mention) or at)
        if name != who or said(sentence, i, "claimed", "counted") or _of_oneself(sentence, i, measure.root):
            return name
    return None


def _of_oneself(sentence: Sentence, verb: int, root: int) -> bool:
    """Whether somebody only says to do or to have done what a value measures: "le club dit avoir perdu 3 millions"."""
    if said(sentence, verb, "announce"):
        return False
    below = next((i for i in sentence.ancestors(root) if sentence.words[i].head == verb), None)
    bare = below is not None and sentence.words[below].dep in labels(sentence.language, "served") and not sentence.case(below)
    return bare and below is not None and _infinitive(sentence, below)


def _infinitive(sentence: Sentence, verb: int) -> bool:
    """Whether a verb, or the auxiliary that it has, is an infinitive."""
    found = (sentence.words[verb], *(sentence.words[j] for j in sentence.children[verb] if sentence.words[j].pos == "AUX"))
    return any("VerbForm=Inf" in w.morph for w in found)


def _tallied(sentence: Sentence, verb: int, subject: int) -> bool:
    """Whether somebody counted once: "a compté", or a body that "comptait"; a firm that "comptait" 300 people had them."""
    compound = any(sentence.words[j].dep == "aux:tense" for j in sentence.children[verb])
    body = sentence.words[subject].lemma in words(sentence.language, "speech", "bodies")
    return compound or (body and "Tense=Imp" in sentence.words[verb].morph)


def _gapped(sentence: Sentence, mention: Mention) -> int | None:
    """The body just before a value that leaves out its verb: "la police en a compté 40 000, les syndicats 150 000"."""
    first = sentence.indices(mention.start, mention.end)[0]
    if first < 3 or sentence.words[first - 1].lemma not in words(sentence.language, "speech", "bodies"):
        return None
    links = {",", ";"} | words(sentence.language, "reference", "and")
    return first - 1 if sentence.words[first - 2].pos == "DET" and sentence.words[first - 3].norm in links else None


def _aside(context: Context, sentence: Sentence, mention: Mention, who: str) -> str | None:
    """The speaker of a clause of speech behind the value: "..., ont annoncé les secours"."""
    if not sentence.parsed:
        return None
    text = context.article.text
    for aside in asides(context, sentence):
        if _amid(context, sentence, mention, aside.start):
            return aside.name
        if aside.start < mention.end or (aside.name == who and aside.announces):
            continue
        if ";" not in text[mention.end : aside.start] and "»" not in text[mention.end : aside.start].rstrip(" ,\u00a0\u202f»"):
            return aside.name
    return None


def _amid(context: Context, sentence: Sentence, mention: Mention, start: int) -> bool:
    """Whether an aside stands amid what is said, before the value: "le budget, assure le maire, passera à 48 millions"."""
    text = context.article.text
    if start >= mention.start or text[:start].rstrip()[-1:] != ",":
        return False
    figures = [m for m in context.mentions_in(sentence.start, start) if m.kind != "date"]
    between, before = text[start : mention.start], [w for w in sentence.words if w.end <= start]
    if any("VerbForm=Fin" in w.morph or w.norm in QUOTES for w in before):
        return False  # what was said has ended
    return not figures and between.count(",") == 1 and not set(between) & set(';:«»"“”')


QUOTES = frozenset('«»“”"')
STOPS = frozenset(":;")  # behind them another clause begins


def _on_line(context: Context, sentence: Sentence, mention: Mention, who: str) -> str | None:
    """The same where nothing was parsed: "unions said", "sagte Anna Muster"."""
    for i, word in enumerate(sentence.words):
        if not said(sentence, i, "verbs", "claimed", "measured"):
            continue
        if sentence.words[i + 1 : i + 2] and sentence.words[i + 1].norm in words(sentence.language, "prepositions", "by"):
            if said(sentence, i, "measured") and 0 <= word.start - mention.end <= 2:
                return _plain(sentence, sentence.words[i + 1].end)
            continue
        found = line_speaker(context, sentence, i)
        if found is not None and (mention.end <= word.start) == found[1] and (found[1] or found[0] != who):
            return found[0]
    return None
