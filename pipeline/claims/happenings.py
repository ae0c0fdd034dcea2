"""What happened on a date: the event that its clause tells, read by verbs, by their objects and subjects, by nouns.

An event is a metric that takes dates, or any noun that a verb like "avoir lieu" says to take place (`lemma:recomptage`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.claims.catalogue import Cue, people
from pipeline.claims.context import Context
from pipeline.claims.lasting import lasting
from pipeline.claims.measures import Measure
from pipeline.claims.participles import behind, dependents, described, event_nouns, is_bare, is_passive, phrase_above, verb_before
from pipeline.claims.senses import befalls, borne_out, counts_victims, event_cues, meant, names_event
from pipeline.claims.times import clause, line_part, tense
from pipeline.claims.utterances import governor
from pipeline.claims.windows import ends, lead_of, phrases
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words

OPEN = 2.8  # cost of an event that no rule reads
OPEN_NOUN = 2.2  # cost of an event that the catalogue lacks
BY_VALUE = 1.4  # cost of an event that only its figure names


def readings(
    context: Context, sentence: Sentence, date: Mention, cues: Sequence[Cue], measures: Sequence[Measure]
) -> Iterator[Measure]:
    """Events that a date may be of, the surest first."""
    own = sentence.indices(date.start, date.end)
    dated = event_cues(sentence, own, cues, measures)
    if not sentence.parsed:
        yield from lasting(context, sentence, date)
        yield from _on_the_line(sentence, own, dated)
        return
    root = sentence.root_of(own)
    heads = [] if tells_apart(context, sentence, date) else _heads(sentence, date, root)
    yield from lasting(context, sentence, date)
    yield from (_measure(cue, root, 0.9) for cue in right_before(sentence, own, dated, measures))
    yield from _apposed(sentence, own, root, dated)
    if verb_before(sentence, own) is None:
        yield from _chain(context, sentence, date, root, dated)
    for verb in heads:
        yield from _verb(sentence, verb, root, dated, measures)
        yield from _object(context, sentence, date, verb, root, dated)
        yield from _subject(sentence, verb, root, dated)
    yield from _noun(context, sentence, date, root, dated)
    yield from _after_colon(context, sentence, date, root, dated)
    yield from _participle(sentence, root, own, dated)
    yield from _value(sentence, heads, root, measures)
    for verb in heads:
        yield from _open(context, sentence, verb, root)


def happening(
    context: Context, sentence: Sentence, date: Mention, cues: Sequence[Cue], measures: Sequence[Measure]
) -> Measure | None:
    """What a date that is known to be of an event is the date of: the word that it hangs on, named as the catalogue names it.

    Without a tree it is the nearest word that names an event; None where there is none.
    """
    own = sentence.indices(date.start, date.end)
    named = [c for c in event_cues(sentence, own, cues, measures) if borne_out(sentence, c, measures)]
    named = [c for c in named if (meant(sentence, c) if c.verb else names_event(sentence, c))]
    if not sentence.parsed:
        near = min(named, key=lambda c: abs(c.at - own[0]), default=None)
        return None if near is None else _measure(near, own[-1], OPEN)
    root = sentence.root_of(own)
    if tells_apart(context, sentence, date):
        return _told_apart(sentence, date, root, named)
    values = {i for m in context.mentions_in(sentence.start, sentence.end) for i in sentence.indices(m.start, m.end)}
    at = next((i for i in _above(context, sentence, date, root) if i not in values and _tells(context, sentence, i)), None)
    if at is None or _idle(sentence, at) or _only_told(sentence, at) or _only_level(sentence, at, measures):
        return None
    head = governor(sentence, date)
    if head is not None and sentence.words[head].lemma in words(sentence.language, "happening", "messages"):
        return None  # "une interview en octobre 2014"
    cue = next((c for c in sorted(named, key=lambda c: c.first - c.last) if c.first <= at <= c.last), None)
    return _measure(cue, root, OPEN) if cue is not None else Measure(f"lemma:{sentence.words[at].lemma}", None, at, root, OPEN)


def _told_apart(sentence: Sentence, date: Mention, root: int, named: Sequence[Cue]) -> Measure | None:
    """The event that a date tells apart from others of its kind ("le sacre de 1978"): no film, no text, no law of a year."""
    head = governor(sentence, date)
    assert head is not None
    cue = next((c for c in sorted(named, key=lambda c: c.first - c.last) if not c.verb and c.first <= head <= c.last), None)
    if cue is not None:
        return _measure(cue, root, OPEN)
    lemma = sentence.words[head].lemma
    return Measure(f"lemma:{lemma}", None, head, root, OPEN) if lemma in words(sentence.language, "events", "nouns") else None


def over(context: Context, sentence: Sentence, date: Mention, how: Measure) -> bool:
    """Whether what a verb tells is over, while a date lies after publication: "ils ont été sollicités pour le scrutin de 2030".

    What was set for a day ahead is dated by it ("a été reporté au 3 mai").
    """
    published = context.article.published
    if published is None or date.time_start is None or date.time_start <= published or not sentence.parsed:
        return False
    word = sentence.words[how.at]
    if word.pos not in ("VERB", "AUX") or is_bare(sentence, how.at) or tense(sentence, how.at) != "past":
        return False
    return not _set_for(context, sentence, date)


def _above(context: Context, sentence: Sentence, date: Mention, root: int) -> Iterator[int]:
    """The words that a date hangs on, the nearest first; a noun that it only tells apart from others is none."""
    head = governor(sentence, date)
    if head is not None and sentence.words[head].pos == "NOUN" and not tells_apart(context, sentence, date):
        yield head
    yield from _heads(sentence, date, root)
    for i in sentence.ancestors(root):
        if i != head:
            yield i
        if sentence.words[i].text.isalpha() and sentence.words[i].pos in ("VERB", "AUX") and tense(sentence, i):
            yield from (j for j in event_nouns(sentence, i) if j != i and is_passive(sentence, i))
            return  # what the clause above tells happened at another time


def _tells(context: Context, sentence: Sentence, i: int) -> bool:
    """Whether a word can say by itself what happened: a noun, a verb, an adjective; no time of day, no unit, no mere link."""
    word = sentence.words[i]
    if word.pos not in ("NOUN", "VERB", "ADJ") or not word.text.isalpha() or _of_name(context, sentence, i):
        return False
    if word.pos == "NOUN" and word.lemma in people() | _bodies(sentence.language):
        return False  # "des manifestants le 1er mai"
    empty = words(sentence.language, "happening", "parts") | words(sentence.language, "happening", "no_event")
    return word.lemma not in empty | words(sentence.language, "nouns", "light_verbs")


def _bodies(language: str) -> frozenset[str]:
    """The nouns of firms, places and bodies, of which nothing is said by naming them."""
    return words(language, "reference", "ORG") | words(language, "reference", "LOC") | words(language, "speech", "bodies")


def _of_name(context: Context, sentence: Sentence, i: int) -> bool:
    """Whether a word is part of a proper name: within one that was read, or a capital inside a sentence ("Super U")."""
    word = sentence.words[i]
    capital = sentence.language != "de" and i > 0 and word.text[:1].isupper() and sentence.words[i - 1].text.isalpha()
    return capital or context.entity_at(word.start, word.end) is not None


def _only_told(sentence: Sentence, i: int) -> bool:
    """Whether a verb only says that something was told, or of when a text is: "un entretien diffusé lundi", "datée du 3 mai"."""
    word = sentence.words[i]
    if word.pos == "NOUN" or dependents(sentence, i, "reflexive"):
        return False
    if {word.lemma, word.verb} & (words(sentence.language, "speech", "verbs") | words(sentence.language, "happening", "dating")):
        return not is_passive(sentence, i) or is_bare(sentence, i)
    told = [*event_nouns(sentence, i), *dependents(sentence, i, "object")]
    return any(sentence.words[j].lemma in words(sentence.language, "happening", "messages") for j in told)


def _only_level(sentence: Sentence, i: int, measures: Sequence[Measure]) -> bool:
    """Whether a verb tells of a figure that it rises or falls, so that its date is the figure's: "a chuté à 25 % en mars"."""
    turns = words(sentence.language, "change", "up") | words(sentence.language, "change", "down")
    if dependents(sentence, i, "object"):
        return False  # "a relevé un trou de 3 millions"
    return sentence.words[i].lemma in turns and any(i in list(sentence.ancestors(m.root))[:3] for m in measures)


def _idle(sentence: Sentence, i: int) -> bool:
    """Whether a word is of a turn of phrase that tells no event: "a levé le voile mardi"."""
    idle = words(sentence.language, "happening", "idle")
    return bool({sentence.words[i].lemma, *(sentence.words[j].lemma for j in dependents(sentence, i, "object"))} & idle)


def _heads(sentence: Sentence, date: Mention, root: int) -> list[int]:
    """The verb that a date is said of, with those set beside it where the date stands before them all."""
    own = sentence.indices(date.start, date.end)
    head = verb_before(sentence, own) or clause(sentence, _hung(sentence, root))
    within = any(root in sentence.subtree(j) - {j} for j in dependents(sentence, head, "subject"))
    out = [head] if head != root and not (within and date.start < sentence.words[head].start) else []
    if out and date.start < sentence.words[head].start:
        out += [j for j in dependents(sentence, head, "coordination") if sentence.words[j].pos in ("VERB", "AUX")]
    clefts = words(sentence.language, "happening", "cleft")
    if out and any(sentence.words[j].norm in clefts for j in sentence.children[head]):
        out += dependents(sentence, head, "relative")  # "c'est sa filiale qui ferme"
    planned = words(sentence.language, "modality", "planned")
    opened = [h for h in out if sentence.words[h].lemma in planned]
    out += [j for h in opened for j in sentence.children[h] if sentence.words[j].dep == "xcomp" and j > h]
    return [h for h in out if not _speech(sentence, h)]


def _hung(sentence: Sentence, root: int) -> int:
    """The word whose clause a date stands in: a bare weekday that was read as a clause of its own is none."""
    word = sentence.words[root]
    own = word.pos in ("VERB", "AUX") or any(sentence.words[j].dep in ("cop", "mark") for j in sentence.children[root])
    return root if own or word.head < 0 or word.dep not in labels(sentence.language, "clause") else word.head


def _speech(sentence: Sentence, verb: int) -> bool:
    if dependents(sentence, verb, "reflexive"):
        return False
    lemma = sentence.words[verb].lemma
    if lemma in words(sentence.language, "happening", "passive") and is_passive(sentence, verb):
        return False  # "sera jugé": in the active voice only is it an opinion
    return lemma in words(sentence.language, "speech", "verbs")


def _measure(cue: Cue, root: int, cost: float) -> Measure:
    return Measure(cue.metric.id, cue.metric, cue.at, root, cost)


def _verb(sentence: Sentence, verb: int, root: int, cues: Sequence[Cue], measures: Sequence[Measure]) -> Iterator[Measure]:
    """A verb that names the event: "fondée en 2016". What one cuts or sells, a figure or a noun must say."""
    for cue in sorted(cues, key=lambda c: c.first - c.last):
        if cue.verb and cue.first <= verb <= cue.last and meant(sentence, cue) and borne_out(sentence, cue, measures):
            yield _measure(cue, root, 0.9)


def right_before(sentence: Sentence, own: Sequence[int], cues: Sequence[Cue], measures: Sequence[Measure]) -> Iterator[Cue]:
    """The verbs that stand right before a date, with prepositions and articles between, whatever the tree hangs it on."""
    i = behind(sentence, own)
    for cue in sorted(cues, key=lambda c: c.first - c.last):
        word = sentence.words[cue.at]
        present = "VerbForm=Part" in word.morph and "Tense=Pres" in word.morph
        verbal = sentence.parsed and cue.verb and cue.last == i and word.pos in ("VERB", "AUX") and not present
        if verbal and not _speech(sentence, cue.at) and meant(sentence, cue) and borne_out(sentence, cue, measures):
            yield cue


NEAR = 4  # words between a participle and the date behind it


def _participle(sentence: Sentence, root: int, own: Sequence[int], cues: Sequence[Cue]) -> Iterator[Measure]:
    """A participle just before a date, whatever the tree makes of it: "sortie de son lit dans la nuit de mardi"."""
    for cue in sorted(cues, key=lambda c: -c.last):
        between = sentence.words[cue.last + 1 : own[0]]
        close = cue.last < own[0] and len(between) <= NEAR and not any(w.pos in ("PUNCT", "VERB", "AUX") for w in between)
        bare = not any(sentence.words[j].pos == "DET" for j in sentence.children[cue.at])
        if cue.verb and close and bare and sentence.words[cue.at].verb and sentence.words[cue.at].pos != "VERB":
            yield _measure(cue, root, 1.5)


def _heading(sentence: Sentence, i: int, cues: Sequence[Cue]) -> Iterator[Cue]:
    """Noun cues at word `i`, at a noun coordinated with it, or at the complement of a light noun."""
    near = {i, *dependents(sentence, i, "coordination"), *dependents(sentence, i, "complement")}
    figured = words(sentence.language, "happening", "figured")
    for cue in sorted(cues, key=lambda c: (c.at != i, c.first - c.last, c.at)):
        reached = not cue.verb and (cue.at in near or cue.first <= i <= cue.last) and not counts_victims(cue)
        if reached and sentence.words[cue.at].lemma not in figured:
            yield cue


def _is(sentence: Sentence, verb: int, key: str) -> bool:
    """Whether a verb is one of a list of happening, in one word or more ("avoir lieu")."""
    return _rest(sentence, verb, key) is not None


def _rest(sentence: Sentence, verb: int, key: str) -> frozenset[str] | None:
    """The words that belong to a verb of a list of happening ("lieu" to "avoir"), none to one alone; None for another verb."""
    word = sentence.words[verb]
    forms = {word.lemma, word.norm, word.verb}
    after = [w.norm for w in sentence.words[verb + 1 : verb + 4]]
    for entry in words(sentence.language, "happening", key):
        first, *rest = entry.split()
        if first in forms and all(r in after for r in rest):
            return frozenset(rest)
    return None


def _object(context: Context, sentence: Sentence, date: Mention, verb: int, root: int, cues: Sequence[Cue]) -> Iterator[Measure]:
    """An event as what is announced, signed, suffered: "a annoncé le licenciement de 200 personnes"."""
    supports, causes, told = (_is(sentence, verb, key) for key in ("support", "cause", "told"))
    if not (supports or causes):
        return
    passive = dependents(sentence, verb, "passive_subject")
    arguments = [j for j in dependents(sentence, verb, "oblique") if sentence.words[j].dep == "obl:arg"]
    arguments += _none_of(sentence, verb)
    for noun in (*dependents(sentence, verb, "object"), *passive, *arguments):
        if noun != root and not (told and _own_day(context, sentence, date, noun)):
            for cue in _heading(sentence, noun, cues):
                if causes if cue.metric.family == "disaster" else supports and (cue.metric.announced or not told):
                    yield _measure(cue, root, 1.2)


def _own_day(context: Context, sentence: Sentence, date: Mention, noun: int) -> bool:
    """Whether what is announced has another day behind it: "a annoncé mardi la fermeture du site fin 2027"."""
    if sentence.words[noun].start < date.start:
        return False
    within = sentence.subtree(noun)
    behind = (m for m in context.mentions_in(sentence.words[noun].end, sentence.end) if m.kind == "date" and m.time_start)
    later = [m for m in behind if date.time_start is not None and m.time_start is not None and m.time_start > date.time_start]
    return any(set(sentence.indices(m.start, m.end)) & within or _set_for(context, sentence, m) for m in later)


def _set_for(context: Context, sentence: Sentence, date: Mention) -> bool:
    """Whether a date is the day that something was set for: "pour vendredi", "à partir du 3 mai"."""
    return ends(lead_of(context, sentence, date.start), phrases(sentence.language, "target", "before")) is not None


def _none_of(sentence: Sentence, verb: int) -> list[int]:
    """What a negated verb has none of: "n'avait plus connu de crue depuis 1958"."""
    negation, of = words(sentence.language, "happening", "never"), words(sentence.language, "prepositions", "of")
    if not any(sentence.words[j].norm in negation for j in sentence.children[verb]):
        return []
    return [j for j in dependents(sentence, verb, "oblique") if sentence.case(j) in of]


def _occurs(sentence: Sentence, verb: int) -> bool:
    if is_passive(sentence, verb) and _is(sentence, verb, "set"):
        return True
    rest = _rest(sentence, verb, "occur")
    own = sentence.words[verb].lemma in words(sentence.language, "happening", "pronominal")
    if rest is None or (own and not dependents(sentence, verb, "reflexive")):
        return False  # "les châssis produits depuis 2016"
    alone = not dependents(sentence, verb, "reflexive")
    if alone and _is(sentence, verb, "reflexive") and not is_passive(sentence, verb):
        return False
    objects = [sentence.words[j] for j in dependents(sentence, verb, "object")]
    return not any(w.pos == "NOUN" and w.norm not in rest for w in objects)


def _subject(sentence: Sentence, verb: int, root: int, cues: Sequence[Cue]) -> Iterator[Measure]:
    """An event that takes place, breaks out or strikes: "un incendie s'est déclaré mardi"."""
    occurs, strikes = _occurs(sentence, verb), _is(sentence, verb, "strike")
    if occurs or strikes:
        for noun in event_nouns(sentence, verb):
            for cue in _heading(sentence, noun, cues):
                if cue.metric.nature == "event" and (occurs or befalls(cue)):
                    yield _measure(cue, root, 1.0)
    within = words(sentence.language, "happening", "within")
    for noun in dependents(sentence, verb, "oblique"):
        if sentence.case(noun) in within and noun != root:
            yield from (_measure(c, root, 1.8) for c in cues if c.at == noun and befalls(c))


def _noun(context: Context, sentence: Sentence, date: Mention, root: int, cues: Sequence[Cue]) -> Iterator[Measure]:
    """A noun that the date itself hangs on: "le rachat de X en 2022", "son élection de 2008"; "la crue de 1958" only names it."""
    head = governor(sentence, date)
    named = head is not None and any(not c.verb and c.first <= head <= c.last for c in cues)
    if head is None or not (named or sentence.words[head].pos in ("NOUN", "PROPN")):
        return
    owners = words(sentence.language, "reference", "possessives")
    owned = any(sentence.words[j].norm in owners for j in sentence.children[head])
    if not owned and _of(context, sentence, date):
        return
    word = sentence.words[head]
    idle = word.dep in labels(sentence.language, "object") and word.lemma in words(sentence.language, "happening", "idle")
    if idle and not _is(sentence, word.head, "cause"):
        return  # "a ouvert le feu mardi"
    for cue in cues:
        if cue.first <= head <= cue.last and names_event(sentence, cue):
            yield _measure(cue, root, 1.3)


def _chain(context: Context, sentence: Sentence, date: Mention, root: int, cues: Sequence[Cue]) -> Iterator[Measure]:
    """A noun above the one that a date hangs on: "l'entrée en vigueur de la mesure au 1er juillet"."""
    head = governor(sentence, date)
    if head is None or sentence.words[head].pos != "NOUN" or _of(context, sentence, date):
        return
    for noun in phrase_above(sentence, head)[1:]:
        yield from (_measure(c, root, 1.3) for c in cues if c.first <= noun <= c.last and names_event(sentence, c))


def _apposed(sentence: Sentence, own: Sequence[int], root: int, cues: Sequence[Cue]) -> Iterator[Measure]:
    """An event whose date is set off behind it: "l'adoption du texte, le 6 janvier, ..."."""
    i = own[0] - 1
    while i > 0 and sentence.words[i].pos in ("ADP", "DET"):
        i -= 1
    behind = sentence.words[own[-1] + 1 : own[-1] + 2]
    if i < 1 or sentence.words[i].norm not in (",", "(") or any(w.pos != "PUNCT" for w in behind):
        return
    for noun in phrase_above(sentence, i - 1):
        yield from (_measure(c, root, 1.3) for c in cues if c.first <= noun <= c.last and names_event(sentence, c))


def tells_apart(context: Context, sentence: Sentence, date: Mention) -> bool:
    """Whether a date hangs on a noun by "de": "la crue de 1958" only says which."""
    head = governor(sentence, date)
    if head is None or sentence.words[head].lemma in words(sentence.language, "happening", "parts"):
        return False
    return sentence.words[head].pos in ("NOUN", "PROPN") and _of(context, sentence, date)


def _of(context: Context, sentence: Sentence, date: Mention) -> bool:
    of = tuple(words(sentence.language, "prepositions", "of"))
    first = sentence.indices(date.start, date.end)[0]
    lead = lead_of(context, sentence, date.start)
    pointing = ends(lead, tuple(words(sentence.language, "reference", "demonstrative")))  # "la réunion de ce lundi"
    lead = lead[: -len(pointing)].rstrip() if pointing is not None else lead
    return ends(lead, of) is not None or sentence.words[first].norm in of


def _after_colon(context: Context, sentence: Sentence, date: Mention, root: int, cues: Sequence[Cue]) -> Iterator[Measure]:
    """An item of a list: "Création de X : 2016"."""
    lead = lead_of(context, sentence, date.start)
    tail = context.article.text[date.end : sentence.end].lstrip(" .;)")
    if lead.endswith(":") and (not tail or tail[0] in ",("):
        yield from (_measure(c, root, 1.2) for c in cues if not c.verb and c.at < root)


def _value(sentence: Sentence, heads: Sequence[int], root: int, measures: Sequence[Measure]) -> Iterator[Measure]:
    """An event that its figure names: "en 2019, 85 postes ont été supprimés"."""
    for m in measures:
        if m.record is None or "date" not in m.record.kinds or m.record.running or not heads:
            continue
        if clause(sentence, m.root) == heads[0] and tense(sentence, heads[0]) == "past":
            yield replace(m, root=root, cost=max(m.cost, BY_VALUE))


def _open(context: Context, sentence: Sentence, verb: int, root: int) -> Iterator[Measure]:
    """An event that the catalogue lacks, by the noun that takes place."""
    silent = words(sentence.language, "happening", "no_event") | words(sentence.language, "people", "nouns")
    people = {w.casefold() for t in ("PER", "ORG", "LOC") for w in words(sentence.language, "reference", t)}
    silent |= frozenset(people)
    known_only = is_passive(sentence, verb) and _is(sentence, verb, "catalogued")
    nouns = _nearest(sentence, verb) if _occurs(sentence, verb) and not known_only else []
    if _is(sentence, verb, "act"):
        one = words(sentence.language, "happening", "indefinite")
        objects = dependents(sentence, verb, "object")
        nouns = [j for j in objects if any(sentence.words[k].norm in one for k in sentence.children[j])] if objects else nouns
    for noun in nouns:
        word = sentence.words[noun]
        plain = word.pos == "NOUN" and word.text.isalpha() and word.text.islower() and word.lemma not in silent and noun != root
        if plain and context.entity_at(word.start, word.end) is None:
            yield Measure(f"lemma:{word.lemma}", None, noun, root, OPEN_NOUN)


def _nearest(sentence: Sentence, verb: int) -> list[int]:
    """The nouns that take place; of those before a bare participle the nearest ("en raison d'une panne survenue jeudi")."""
    near = described(sentence, verb, near=True) if is_bare(sentence, verb) and not dependents(sentence, verb, "subject") else None
    return [near] if near is not None else event_nouns(sentence, verb)


def _on_the_line(sentence: Sentence, own: Sequence[int], cues: Sequence[Cue]) -> Iterator[Measure]:
    """Without a tree: a cue in the part of the sentence that the date stands in, a noun only beside a word of happening."""
    part = line_part(sentence, own)
    happening = {w for key in ("occur", "set", "strike", "support") for w in words(sentence.language, "happening", key)}
    happens = next((i for i in part if sentence.words[i].norm in happening), None)
    helpers = words(sentence.language, "happening", "auxiliaries")
    for cue in sorted(cues, key=lambda c: abs(c.at - own[0])):
        passive = cue.at > 0 and sentence.words[cue.at - 1].norm in helpers  # "was arrested", where "arrest" is a noun too
        if cue.at in part and (cue.verb or passive or happens is not None):
            yield _measure(cue, own[-1], 1.5)
    noun = _first_noun(sentence, part)
    if happens is not None and noun is not None and noun < happens:
        yield Measure(f"lemma:{sentence.words[noun].norm}", None, noun, own[-1], OPEN_NOUN + 0.6)


def _first_noun(sentence: Sentence, part: range) -> int | None:
    """The noun behind the determiner that opens a part of a sentence."""
    definite = words(sentence.language, "reference", "definite")
    i = part.start
    return i + 1 if i + 1 in part and sentence.words[i].norm in definite and sentence.words[i + 1].text.isalpha() else None
