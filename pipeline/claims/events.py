"""Dates of events: "fondée en 2016", "le 16 juillet 2025, X a annoncé le licenciement de 200 personnes".

A date makes a claim where its clause says that something happened: by a verb that names a metric ("fondée"), by a noun that
names one as the object of a verb like "annoncer" or the subject of one like "avoir lieu", or by any noun as the subject of
the latter ("le jugement sera rendu le 3 mars"). A date that only names ("la crue de 1958") or situates makes none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline import lexicon
from pipeline.claims.catalogue import Cue
from pipeline.claims.confidence import Traits
from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.reference import Referent, named, phrase, refer, spoken_of
from pipeline.claims.roles import counterparty, subject
from pipeline.claims.rows import row
from pipeline.claims.times import clause, compared, governor, nowadays, of_speech, tense, words
from pipeline.claims.voice import attribution, modality
from pipeline.claims.windows import ends, lead_of, phrases
from pipeline.records import Claim, Entity, Mention
from pipeline.syntax import Sentence

LONGEST = 400  # days of the longest date of an event: a year, no decade
OPEN_NOUN = 2.2  # cost of an event that the catalogue lacks
BY_VALUE = 1.4  # cost of an event that only its figure names
SINCE = "/.."  # end of a date that something lasts from


def events(
    context: Context, sentence: Sentence, dates: Sequence[Mention], cues: Sequence[Cue], measures: Sequence[Measure]
) -> list[Claim]:
    """Claims that date the events of a sentence, each event once."""
    out: list[Claim] = []
    told: set[tuple[str, int]] = set()  # an event that a sentence dates twice is situated by the second date
    for date in dates:
        if not _usable(context, sentence, date) or _dates_value_only(sentence, date, measures):
            continue
        how = next(_readings(context, sentence, date, cues, measures), None)
        if how is None or (how.metric, how.at) in told:
            continue
        who, sure = _who(context, sentence, date, how)
        if not _befits(how, who) or (who.how == "topic" and not _of_topic(sentence, how, measures)):
            continue  # an event whose subject is not known dates nothing
        told.add((how.metric, how.at))
        out += [_dated(context, sentence, date, how, each, sure) for each in _enumerated(context, sentence, who)]
    return out


def _befits(how: Measure, who: Referent) -> bool:
    """Whether an event can be of such a thing: no car is born."""
    only = how.record.of if how.record is not None and how.record.nature == "event" else None
    return only != "PER" or who.type == only or who.how == "phrase"


def _who(context: Context, sentence: Sentence, date: Mention, how: Measure) -> tuple[Referent, float]:
    """Whom an event is of; a participle at the head of a sentence speaks of the subject that follows."""
    who, sure = subject(context, sentence, date, how)
    if how.record is not None and how.record.role == "event":
        named_one, how_sure = subject(context, sentence, date, replace(how, record=replace(how.record, role="holder")))
        his = named_one.type == "PER" and named_one.how == "name" and not _anothers(context, sentence, how, named_one)
        return (named_one, how_sure) if his else (who, sure)
    if not sentence.parsed:
        return who, sure
    if not _heads_sentence(sentence, how):
        common = _common(context, sentence, how)
        vague = who.how in ("topic", "description") or _bare(sentence, how.at)
        return (common, 0.5) if common is not None and vague else (who, sure)
    behind = [j for j, w in enumerate(sentence.words) if j > how.root and w.dep in _subjects(sentence) and w.pos != "PRON"]
    found = (refer(context, sentence, behind[0]) or phrase(sentence, behind[0])) if behind else None
    if found is not None and found.how in ("name", "description", "possessive", "phrase"):
        return found, 0.7
    known = spoken_of(context, sentence, "ORG", "PER", "MISC", "LOC")
    return (named(known, "description"), 0.6) if known is not None else (who, sure)


def _anothers(context: Context, sentence: Sentence, how: Measure, who: Referent) -> bool:
    """Whether a participle describes another than `who` ("jugé pour des propos sur le policier tué en 2017")."""
    described = _described(sentence, how.at) if sentence.parsed and _bare(sentence, how.at) else None
    if described is None:
        return False
    meant = refer(context, sentence, described)
    return meant is None or meant.name != who.name


def _common(context: Context, sentence: Sentence, how: Measure) -> Referent | None:
    """A common noun that an event befalls ("cette fonction a été créée en 2017"), where it stands for no entity."""
    if how.record is None or how.record.role != "holder" or not sentence.parsed or sentence.words[how.at].pos == "NOUN":
        return None
    nouns = _event_nouns(sentence, how.at)
    if not nouns or sentence.words[nouns[0]].pos != "NOUN" or refer(context, sentence, nouns[0]) is not None:
        return None
    return phrase(sentence, nouns[0])


def _subjects(sentence: Sentence) -> frozenset[str]:
    return frozenset(lexicon.language(sentence.language, "syntax")["relations"]["subject"])


def _heads_sentence(sentence: Sentence, how: Measure) -> bool:
    """Whether a participle without subject begins the sentence ("Fondée en 2016, la société ...")."""
    return how.at <= 1 and "VerbForm=Part" in sentence.words[how.at].morph and not _dependents(sentence, how.at, "subject")


def _of_topic(sentence: Sentence, how: Measure, measures: Sequence[Measure]) -> bool:
    """Whether an event may be of the article's topic: of a place, a figure's, or spoken of as known ("le jugement")."""
    if how.record is None or how.record.role == "place" or any(m.metric == how.metric for m in measures):
        return True
    known = words(sentence.language, "reference", "definite") | words(sentence.language, "reference", "possessives")
    if not sentence.parsed:
        return how.at > 0 and sentence.words[how.at - 1].norm in known
    nouns = [how.at] if sentence.words[how.at].pos == "NOUN" else _dependents(sentence, how.at, "subject")
    if any(sentence.words[i].norm in words(sentence.language, "reference", "pronouns") for i in nouns):
        return True
    return any(sentence.words[j].norm in known for i in nouns for j in sentence.children[i])


def _usable(context: Context, sentence: Sentence, date: Mention) -> bool:
    """Whether a date can be that of an event: neither a name, a label, a comparison, a long time, nor of an act of speech."""
    if date.time is None or date.time_start is None or of_speech(sentence, date) or compared(context, sentence, date):
        return False
    if date.time.endswith(SINCE) and not _lasts(sentence, date):
        return False
    if nowadays(context, date) or (date.time_end is not None and (date.time_end - date.time_start).days > LONGEST):
        return False
    lead = lead_of(context, sentence, date.start)
    if ends(lead, phrases(sentence.language, "label", "before")) is not None:
        return False
    return not _subject_or_object(sentence, date) and not _in_name(sentence, date)


def _lasts(sentence: Sentence, date: Mention) -> bool:
    """Whether something is said to last since a date, or not to have happened since: no count of what was sold since."""
    if not sentence.parsed:
        return False
    head = clause(sentence, sentence.root_of(sentence.indices(date.start, date.end)))
    denied = any(sentence.words[j].norm in words(sentence.language, "happening", "never") for j in sentence.children[head])
    return denied or tense(sentence, head) in ("present", "")


def _in_name(sentence: Sentence, date: Mention) -> bool:
    """Whether a year stands right behind a noun, as its label: "Prix Renaudot 2013", "le programme 2019"."""
    first = sentence.indices(date.start, date.end)[0]
    if not date.quote.isdecimal() or first == 0 or not sentence.parsed:
        return False
    before = sentence.words[first - 1]
    return before.pos in ("PROPN", "NOUN") and before.end + 1 >= date.start


def _subject_or_object(sentence: Sentence, date: Mention) -> bool:
    """Whether a date is what its sentence speaks of ("a terminé l'année 2024")."""
    if not sentence.parsed:
        return False
    indices = sentence.indices(date.start, date.end)
    root = sentence.root_of(indices)
    relations = lexicon.language(sentence.language, "syntax")["relations"]
    led = indices[0] > 0 and sentence.words[indices[0] - 1].pos == "ADP"
    year = any(sentence.words[i].text.isdecimal() for i in indices) and len(date.time or "") == 4
    return year and not led and sentence.words[root].dep in (*relations["subject"], *relations["object"])


def _dates_value_only(sentence: Sentence, date: Mention, measures: Sequence[Measure]) -> bool:
    """Whether a date hangs on another value ("14 milliards en 2024"): it situates that value and is no claim of its own."""
    head = governor(sentence, date)
    if head is None or sentence.words[head].pos in ("VERB", "AUX"):
        return head is not None and any(head == m.root for m in measures)
    return any(head in (m.root, *sentence.children[m.root]) for m in measures)


# The event that a date is of.


def _readings(
    context: Context, sentence: Sentence, date: Mention, cues: Sequence[Cue], measures: Sequence[Measure]
) -> Iterator[Measure]:
    """Events that a date may be of, the surest first."""
    own = sentence.indices(date.start, date.end)
    dated = [c for c in cues if "date" in c.metric.kinds and c.at not in own]
    if not sentence.parsed:
        yield from _on_the_line(sentence, own, dated)
        return
    root = sentence.root_of(own)
    heads = [] if _names(context, sentence, date) else _heads(sentence, date, root)
    for verb in heads:
        yield from _verb(sentence, verb, root, dated, measures)
        yield from _object(sentence, verb, root, dated)
        yield from _subject(sentence, verb, root, dated)
    yield from _noun(context, sentence, date, root, dated)
    yield from _after_colon(context, sentence, date, root, dated)
    yield from _participle(sentence, root, own, dated)
    yield from _value(sentence, heads, root, measures)
    for verb in heads:
        yield from _open(context, sentence, verb, root)


def _heads(sentence: Sentence, date: Mention, root: int) -> list[int]:
    """The verb that a date is said of, with those set beside it where the date stands before them all."""
    head = clause(sentence, root)
    within = any(root in sentence.subtree(j) - {j} for j in _dependents(sentence, head, "subject"))
    out = [head] if head != root and not (within and date.start < sentence.words[head].start) else []
    if out and date.start < sentence.words[head].start:
        out += [j for j in _dependents(sentence, head, "coordination") if sentence.words[j].pos in ("VERB", "AUX")]
    clefts = words(sentence.language, "happening", "cleft")
    if out and any(sentence.words[j].norm in clefts for j in sentence.children[head]):
        out += _dependents(sentence, head, "relative")  # "c'est sa filiale qui ferme"
    planned = words(sentence.language, "modality", "planned")
    opened = [h for h in out if sentence.words[h].lemma in planned]
    out += [j for h in opened for j in sentence.children[h] if sentence.words[j].dep == "xcomp" and j > h]
    return [h for h in out if not _speech(sentence, h)]


def _reflexives(sentence: Sentence) -> frozenset[str]:
    return frozenset(lexicon.language(sentence.language, "syntax")["relations"]["reflexive"])


def _speech(sentence: Sentence, verb: int) -> bool:
    if any(sentence.words[j].dep in _reflexives(sentence) for j in sentence.children[verb]):
        return False
    return sentence.words[verb].lemma in words(sentence.language, "speech", "verbs")


def _measure(cue: Cue, root: int, cost: float) -> Measure:
    return Measure(cue.metric.id, cue.metric, cue.at, root, cost)


def _verb(sentence: Sentence, verb: int, root: int, cues: Sequence[Cue], measures: Sequence[Measure]) -> Iterator[Measure]:
    """A verb that names the event: "fondée en 2016". What one cuts or sells, a figure or a noun must say."""
    for cue in sorted(cues, key=lambda c: c.first - c.last):
        if cue.verb and cue.first <= verb <= cue.last and _meant(sentence, cue) and _said(sentence, cue, measures):
            yield _measure(cue, root, 0.9)


def _meant(sentence: Sentence, cue: Cue) -> bool:
    """Whether a verb has the sense of its metric: "le tribunal a jugé que", "se livrer à", "ouvrir le feu" have not."""
    word = sentence.words[cue.at]
    reflexive = any(sentence.words[j].dep in _reflexives(sentence) for j in sentence.children[cue.at])
    if reflexive and not _strikes(cue) and cue.metric.id != "wedding":
        return False
    if {word.lemma, word.verb} & words(sentence.language, "happening", "passive") and not _passive(sentence, cue.at):
        return False
    if any(sentence.words[j].pos == "DET" for j in sentence.children[cue.at]):
        return False  # "un manifestant"
    objects = {sentence.words[j].lemma for j in _dependents(sentence, cue.at, "object")}
    if word.lemma in words(sentence.language, "happening", "leave"):
        return bool(objects & words(sentence.language, "happening", "posts"))
    return not objects & words(sentence.language, "happening", "idle")


def _passive(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is in the passive, or a participle by itself."""
    if _dependents(sentence, verb, "passive_subject") or "Voice=Pass" in sentence.words[verb].morph:
        return True
    return any(sentence.words[j].dep == "aux:pass" for j in sentence.children[verb]) or _bare(sentence, verb)


def _bare(sentence: Sentence, verb: int) -> bool:
    auxiliary = any(sentence.words[j].pos == "AUX" for j in sentence.children[verb])
    return "VerbForm=Part" in sentence.words[verb].morph and "Tense=Pres" not in sentence.words[verb].morph and not auxiliary


def _said(sentence: Sentence, cue: Cue, measures: Sequence[Measure]) -> bool:
    """Whether a figure says what is cut, where the verb alone does not ("supprimer 200 emplois")."""
    word = sentence.words[cue.at]
    figured = bool({word.lemma, word.verb, word.norm} & words(sentence.language, "happening", "figured"))
    granted = word.lemma in words(sentence.language, "happening", "active") and _passive(sentence, cue.at)
    if not (cue.metric.units or figured or granted):
        return True
    return any(m.metric == cue.metric.id or sentence.words[m.root].lemma in cue.metric.units for m in measures)


NEAR = 4  # words between a participle and the date behind it


def _participle(sentence: Sentence, root: int, own: Sequence[int], cues: Sequence[Cue]) -> Iterator[Measure]:
    """A participle just before a date, whatever the tree makes of it: "sortie de son lit dans la nuit de mardi"."""
    for cue in sorted(cues, key=lambda c: -c.last):
        between = sentence.words[cue.last + 1 : own[0]]
        close = cue.last < own[0] and len(between) <= NEAR and not any(w.pos in ("PUNCT", "VERB", "AUX") for w in between)
        bare = not any(sentence.words[j].pos == "DET" for j in sentence.children[cue.at])
        if cue.verb and close and bare and sentence.words[cue.at].verb and sentence.words[cue.at].pos != "VERB":
            yield _measure(cue, root, 1.5)


def _dependents(sentence: Sentence, i: int, key: str) -> list[int]:
    relations = lexicon.language(sentence.language, "syntax")["relations"]
    return [j for j in sentence.children[i] if sentence.words[j].dep in relations[key]]


def _heading(sentence: Sentence, i: int, cues: Sequence[Cue]) -> Iterator[Cue]:
    """Noun cues at word `i`, at a noun coordinated with it, or at the complement of a light noun."""
    near = {i, *_dependents(sentence, i, "coordination"), *_dependents(sentence, i, "complement")}
    figured = words(sentence.language, "happening", "figured")
    for cue in sorted(cues, key=lambda c: (c.at != i, c.first - c.last, c.at)):
        reached = not cue.verb and (cue.at in near or cue.first <= i <= cue.last) and not _victims(cue)
        if reached and sentence.words[cue.at].lemma not in figured:
            yield cue


def _is(sentence: Sentence, verb: int, key: str) -> bool:
    """Whether a verb is one of a list of happening, in one word or more ("avoir lieu")."""
    word = sentence.words[verb]
    forms = {word.lemma, word.norm, word.verb}
    after = [w.norm for w in sentence.words[verb + 1 : verb + 4]]
    for entry in words(sentence.language, "happening", key):
        first, *rest = entry.split()
        if first in forms and all(r in after for r in rest):
            return True
    return False


def _victims(cue: Cue) -> bool:
    """Whether a noun counts the victims of an event, and does not name it."""
    return cue.metric.running and cue.metric.role == "event"


def _dead(cue: Cue) -> frozenset[str]:
    """The nouns that count victims ("la victime"); a singular abstract ("la mort de X") dates the event."""
    return cue.metric.counted - {"mort", "décès"} if _victims(cue) else frozenset()


def _object(sentence: Sentence, verb: int, root: int, cues: Sequence[Cue]) -> Iterator[Measure]:
    """An event as what is announced, signed, suffered: "a annoncé le licenciement de 200 personnes"."""
    supports, causes = _is(sentence, verb, "support"), _is(sentence, verb, "cause")
    if not (supports or causes):
        return
    passive = _dependents(sentence, verb, "passive_subject")
    arguments = [j for j in _dependents(sentence, verb, "oblique") if sentence.words[j].dep == "obl:arg"]
    arguments += _none_of(sentence, verb)
    for noun in (*_dependents(sentence, verb, "object"), *passive, *arguments):
        if noun != root:
            for cue in _heading(sentence, noun, cues):
                if causes if cue.metric.family == "disaster" else supports:
                    yield _measure(cue, root, 1.2)


def _none_of(sentence: Sentence, verb: int) -> list[int]:
    """What a negated verb has none of: "n'avait plus connu de crue depuis 1958"."""
    negation, of = words(sentence.language, "happening", "never"), words(sentence.language, "prepositions", "of")
    if not any(sentence.words[j].norm in negation for j in sentence.children[verb]):
        return []
    return [j for j in _dependents(sentence, verb, "oblique") if sentence.case(j) in of]


def _event_nouns(sentence: Sentence, verb: int) -> list[int]:
    """The nouns that are said to take place: subjects, or the noun that a participle describes."""
    found = _dependents(sentence, verb, "subject")
    word = sentence.words[verb]
    if found:
        return [word.head if sentence.words[j].pos == "PRON" and word.dep == "acl:relcl" else j for j in found]
    described = _described(sentence, verb)
    return [described] if described is not None else _dependents(sentence, word.head, "subject") if word.head >= 0 else []


def _described(sentence: Sentence, participle: int) -> int | None:
    """The noun before a participle that it describes: "la fermeture de X, prévue fin 2025"."""
    i = participle - 1
    while i >= 0 and sentence.words[i].norm in (",", "(", "–"):
        i -= 1
    nouns = [k for k in _phrase(sentence, i) if k < participle] if i >= 0 else []
    agreeing = [k for k in nouns if _agrees(sentence.words[k].morph, sentence.words[participle].morph)]
    return agreeing[-1] if agreeing else None


def _phrase(sentence: Sentence, i: int) -> list[int]:
    """The noun at word `i` and those above it that it is a complement of."""
    relations = lexicon.language(sentence.language, "syntax")["relations"]
    out = []
    for k in (i, *sentence.ancestors(i)):
        if sentence.words[k].pos not in ("NOUN", "PROPN"):
            break
        out.append(k)
        if sentence.words[k].dep not in (*relations["complement"], *relations["name_part"], *relations["apposition"]):
            break
    return out


def _agrees(noun: str, participle: str) -> bool:
    """Whether gender and number of two words can be the same."""
    ours, theirs = (dict(f.split("=", 1) for f in m.split("|") if "=" in f) for m in (noun, participle))
    return all(ours.get(k) is None or theirs.get(k) is None or ours[k] == theirs[k] for k in ("Gender", "Number"))


def _occurs(sentence: Sentence, verb: int) -> bool:
    if _passive(sentence, verb) and _is(sentence, verb, "set"):
        return True
    objects = [j for j in _dependents(sentence, verb, "object") if sentence.words[j].pos == "NOUN"]
    alone = not any(sentence.words[j].dep in _reflexives(sentence) for j in sentence.children[verb])
    if alone and _is(sentence, verb, "reflexive") and not _passive(sentence, verb):
        return False
    return _is(sentence, verb, "occur") and not objects


def _subject(sentence: Sentence, verb: int, root: int, cues: Sequence[Cue]) -> Iterator[Measure]:
    """An event that takes place, breaks out or strikes: "un incendie s'est déclaré mardi"."""
    occurs, strikes = _occurs(sentence, verb), _is(sentence, verb, "strike")
    if occurs or strikes:
        for noun in _event_nouns(sentence, verb):
            for cue in _heading(sentence, noun, cues):
                if cue.metric.nature == "event" and (occurs or _strikes(cue)):
                    yield _measure(cue, root, 1.0)
    within = words(sentence.language, "happening", "within")
    for noun in _dependents(sentence, verb, "oblique"):
        if sentence.case(noun) in within and noun != root:
            yield from (_measure(c, root, 1.8) for c in cues if c.at == noun and _strikes(c))


def _strikes(cue: Cue) -> bool:
    """Whether an event befalls a place: an accident, a fire, an attack."""
    return cue.metric.nature == "event" and cue.metric.role == "place"


def _noun(context: Context, sentence: Sentence, date: Mention, root: int, cues: Sequence[Cue]) -> Iterator[Measure]:
    """A noun that the date itself hangs on: "le rachat de X en 2022", "son élection de 2008"; "la crue de 1958" only names it."""
    head = governor(sentence, date)
    if head is None or sentence.words[head].pos not in ("NOUN", "PROPN"):
        return
    owners = words(sentence.language, "reference", "possessives")
    owned = any(sentence.words[j].norm in owners for j in sentence.children[head])
    if not owned and _of(context, sentence, date):
        return
    figured = words(sentence.language, "happening", "figured")
    word = sentence.words[head]
    relations = lexicon.language(sentence.language, "syntax")["relations"]
    idle = word.dep in relations["object"] and word.lemma in words(sentence.language, "happening", "idle")
    if idle and not _is(sentence, word.head, "cause"):
        return  # "a ouvert le feu mardi"
    for cue in cues:
        if not cue.verb and cue.first <= head <= cue.last and sentence.words[cue.at].lemma not in {*figured, *_dead(cue)}:
            yield _measure(cue, root, 1.3)


def _names(context: Context, sentence: Sentence, date: Mention) -> bool:
    """Whether a date hangs on a noun by "de": "la crue de 1958" only says which."""
    head = governor(sentence, date)
    return head is not None and sentence.words[head].pos in ("NOUN", "PROPN") and _of(context, sentence, date)


def _of(context: Context, sentence: Sentence, date: Mention) -> bool:
    of = tuple(words(sentence.language, "prepositions", "of"))
    first = sentence.indices(date.start, date.end)[0]
    return ends(lead_of(context, sentence, date.start), of) is not None or sentence.words[first].norm in of


def _after_colon(context: Context, sentence: Sentence, date: Mention, root: int, cues: Sequence[Cue]) -> Iterator[Measure]:
    """An item of a list: "Création de X : 2016"."""
    lead = lead_of(context, sentence, date.start)
    if lead.endswith(":") and not context.article.text[date.end : sentence.end].strip(" .;,)"):
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
    known_only = _passive(sentence, verb) and _is(sentence, verb, "catalogued")
    nouns = _event_nouns(sentence, verb) if _occurs(sentence, verb) and not known_only else []
    if _is(sentence, verb, "act"):
        one = words(sentence.language, "happening", "indefinite")
        objects = _dependents(sentence, verb, "object")
        nouns = [j for j in objects if any(sentence.words[k].norm in one for k in sentence.children[j])] if objects else nouns
    for noun in nouns:
        word = sentence.words[noun]
        plain = word.pos == "NOUN" and word.text.isalpha() and word.text.islower() and word.lemma not in silent and noun != root
        if plain and context.entity_at(word.start, word.end) is None:
            yield Measure(f"lemma:{word.lemma}", None, noun, root, OPEN_NOUN)


def _on_the_line(sentence: Sentence, own: Sequence[int], cues: Sequence[Cue]) -> Iterator[Measure]:
    """Without a tree: a cue in the part of the sentence that the date stands in, a noun only beside a word of happening."""
    breaks = phrases(sentence.language, "breaks", "words")
    first, last = own[0], own[-1]
    while first > 0 and sentence.words[first - 1].norm not in breaks:
        first -= 1
    while last + 1 < len(sentence.words) and sentence.words[last + 1].norm not in breaks:
        last += 1
    part = range(first, last + 1)
    happening = {w for key in ("occur", "set", "strike", "support") for w in words(sentence.language, "happening", key)}
    happens = next((i for i in part if sentence.words[i].norm in happening), None)
    for cue in sorted(cues, key=lambda c: abs(c.at - own[0])):
        if cue.at in part and (cue.verb or happens is not None):
            yield _measure(cue, own[-1], 1.5)
    noun = _first_noun(sentence, part)
    if happens is not None and noun is not None and noun < happens:
        yield Measure(f"lemma:{sentence.words[noun].norm}", None, noun, own[-1], OPEN_NOUN + 0.6)


def _first_noun(sentence: Sentence, part: range) -> int | None:
    """The noun behind the determiner that opens a part of a sentence."""
    definite = words(sentence.language, "reference", "definite")
    i = part.start
    return i + 1 if i + 1 in part and sentence.words[i].norm in definite and sentence.words[i + 1].text.isalpha() else None


# The claim.


def _enumerated(context: Context, sentence: Sentence, who: Referent) -> list[Referent]:
    """All names of the list that a subject stands in: "Microsoft, Indeed et Glassdoor ont annoncé"."""
    text, joins = context.article.text, lexicon.language(sentence.language, "syntax")["reference"]["and"]
    runs: list[list[tuple[int, int, Entity]]] = []
    for place in context.places_in(sentence.start, sentence.end):
        between = text[runs[-1][-1][1] : place[0]].strip().casefold() if runs else None
        if between is not None and (between == "," or between in joins):
            runs[-1].append(place)
        else:
            runs.append([place])
    for run in runs:
        if who.how == "name" and len(run) > 1 and who.name in {p[2].name for p in run}:
            return [named(p[2]) for p in run]
    return [who]


def _dated(context: Context, sentence: Sentence, date: Mention, how: Measure, who: Referent, sure: float) -> Claim:
    other = counterparty(context, sentence, date, how, who)
    speaker = attribution(context, sentence, date, how, who.name)
    claim = row(
        context,
        sentence,
        date,
        metric=how.metric,
        who=who,
        other=other.name if other else None,
        when=date,
        speaker=speaker,
        voice=modality(sentence, how, speaker),
        traits=Traits(who.how, sure, how.cost, how.record is not None, sentence.parsed, "date", True),
    )
    return _begun(claim)


def _begun(claim: Claim) -> Claim:
    """An event that lasts since a date began on it."""
    if claim.time is None or not claim.time.endswith(SINCE):
        return claim
    return replace(claim, time=claim.time.removesuffix(SINCE), time_end=claim.time_start)
