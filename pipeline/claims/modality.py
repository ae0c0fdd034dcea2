"""How a claim is made: `denied`, `conditional`, `planned`, `attributed` or `asserted`."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.claims.context import Context
from pipeline.claims.denials import called_false, denied
from pipeline.claims.measures import Measure
from pipeline.claims.windows import folded, phrases
from pipeline.records import Mention
from pipeline.syntax import Sentence, Word, labels, words

BREAKS = frozenset(',;:«»„“”"–')  # what bounds a clause where nothing was parsed
BRACKETS = ("(", ")")
THREE = 3  # a mark with what stands on its two sides
SIZES = ("measure", "duration")  # kinds of values that describe what they stand with
AHEAD = 40  # characters before a value in which a phrase of outlook stands


def modality(
    context: Context, sentence: Sentence, mention: Mention, measure: Measure, speaker: str | None, *, base: bool = False
) -> str:
    """`denied`, `conditional`, `planned`, `attributed` or `asserted`, the first that holds.

    A `base` of comparison has come to pass, whatever is planned from it: "passera à 1 200, contre 1 400 aujourd'hui"; and
    what only describes somebody is as it is: "une commune de 3 000 habitants accueillera".
    """
    plain = "attributed" if speaker else "asserted"
    if base or (not called_false(sentence, mention) and describes(sentence, mention, measure)):
        return plain
    if not sentence.parsed:
        return _line_modality(sentence, measure, plain)
    chain, behind = _governors(sentence, measure), _verb_behind(sentence, mention)
    if behind is not None and behind not in chain:
        chain = [behind]
    if called_false(sentence, mention) or denied(sentence, chain, measure.root, mention):
        return "denied"
    verbs = _verbs(sentence, chain)
    due = words(sentence.language, "modality", "due")
    told = [i for i in verbs if sentence.words[i].lemma not in due and not _come_to_pass(context, sentence, i)]
    features = "|".join(_features(sentence, i) for i in told)
    if "Mood=Cnd" in features or _supposed(sentence, verbs) or _alleged(sentence, chain):
        return "conditional"
    toll = measure.record is not None and measure.record.toll
    intended = _intended(sentence, chain, measure.root) or _due(sentence, verbs) or _outlook(context, sentence, mention)
    intended = intended or _foreseen(sentence, chain)
    return "planned" if not toll and ("Tense=Fut" in features or intended) else plain  # nobody plans the dead


def describes(sentence: Sentence, mention: Mention, measure: Measure) -> bool:
    """Whether a value only describes what a sentence speaks of: its size, its age, the whole that a part is taken from.

    Such a value hangs on a noun ("une tour de 30 mètres", "Rosa, 4 000 salariés,") and shares neither time nor plan with
    the verb of the sentence.
    """
    if _whole(sentence, mention) or _set_off(sentence, mention, measure):
        return True
    if _verb_behind(sentence, mention) is not None:
        return False
    stock = measure.record is not None and measure.record.nature == "stock" and mention.kind == "count"
    if not sentence.parsed or not (stock or mention.kind in SIZES or measure.metric == "age"):
        return False
    complements = labels(sentence.language, "complement")
    loose = complements | labels(sentence.language, "apposition") | {"acl", "amod", "obl:mod"}
    if mention.kind == "duration" and measure.metric != "age":
        loose = labels(sentence.language, "apposition")
    for i in (measure.root, *sentence.ancestors(measure.root)):
        word = sentence.words[i]
        if word.pos == "VERB" and "Tense=Pres" in word.morph and _bears(sentence, i):
            continue  # "des pointes allant jusqu'à 39 degrés"
        if (word.pos in ("VERB", "AUX") and word.dep not in ("acl", "amod")) or word.head == i:
            return False
        if sentence.words[word.head].lemma in words(sentence.language, "modality", "sizes"):
            continue  # "de l'ordre de 30 mm"
        if i == measure.root and _stands_with(sentence, i):
            return False  # "mesurera 30 mètres": what stands with a verb without a preposition was read amiss
        new = any("Definite=Ind" in sentence.words[j].morph for j in sentence.children[word.head])
        if new and word.dep in complements:
            return False  # "une tour de 30 mètres sera construite"
        if mention.kind == "count" and word.dep in complements and not sentence.case(i):
            return False  # a count that stands as a complement without a preposition was read amiss
        if word.dep in loose:
            return True
        if word.pos == "ADJ" and word.dep == "advcl":
            return True
    return False


def _stands_with(sentence: Sentence, i: int) -> bool:
    """Whether a word stands with a verb, and no preposition leads to it but that of a range: "mesurera (entre 3 et) 5 mètres"."""
    word, case = sentence.words[i], sentence.case(i)
    loose = word.dep == "obl:mod" and sentence.words[word.head].pos == "VERB"
    return loose and (not case or case in words(sentence.language, "modality", "ranges"))


def _verb_behind(sentence: Sentence, mention: Mention) -> int | None:
    """The verb that a value is the subject of by its place, whatever the tree says: "3 119 postes seront supprimés".

    Nothing leads to the value, and its verb stands right behind it.
    """
    own = sentence.indices(mention.start, mention.end)
    after = own[-1] + 1
    if not sentence.parsed or mention.kind == "date" or after >= len(sentence.words):
        return None
    if own[0] and sentence.words[own[0] - 1].norm not in BREAKS | {"où", "que"}:
        return None
    word = sentence.words[after]
    if word.pos not in ("VERB", "AUX") or "VerbForm=Fin" not in word.morph or "Number=Plur" not in word.morph:
        return None
    return word.head if word.dep.startswith("aux") else after


def _set_off(sentence: Sentence, mention: Mention, measure: Measure) -> bool:
    """Whether a count stands between commas behind a noun, without a preposition: "le groupe, 4 000 salariés, ferme"; an age."""
    word, first = sentence.words[measure.root], sentence.indices(mention.start, mention.end)[0]
    loose = labels(sentence.language, "complement") | labels(sentence.language, "apposition")
    bare = word.dep in loose and not sentence.case(measure.root) and sentence.words[word.head].pos in ("NOUN", "PROPN")
    behind = sentence.indices(mention.start, mention.end)[-1] + 1
    if measure.metric == "age" and sentence.parsed and first and behind < len(sentence.words):
        return sentence.words[first - 1].norm == "," and sentence.words[behind].norm == ","  # "le maire, 66 ans, s'expliquera"
    return mention.kind == "count" and bare and first > 0 and sentence.words[first - 1].norm == ","


def _whole(sentence: Sentence, mention: Mention) -> bool:
    """Whether a count is the whole that another is a part of: "12 sur 35", "268 des 312 salariés", "sur ses 35 sièges"."""
    first = sentence.indices(mention.start, mention.end)[0]
    if mention.kind != "count" or not first:
        return False
    before = [w.norm for w in sentence.words[max(0, first - 3) : first]]
    parts, owners = words(sentence.language, "modality", "whole"), words(sentence.language, "reference", "possessives")
    if before[-1] in parts or (before[-1] in owners and len(before) > 1 and before[-2] in parts):
        return True
    return (
        before[-1] in words(sentence.language, "modality", "partitive") and first > 1 and sentence.words[first - 2].pos == "NUM"
    )


def _governors(sentence: Sentence, measure: Measure) -> list[int]:
    """The words that carry the claim: from the value up to the verb of its clause."""
    out = []
    for i in sentence.ancestors(measure.root):
        out.append(i)
        if sentence.words[i].pos in ("VERB", "AUX") and not _bears(sentence, i):
            break
    return out or [measure.root]


def _bears(sentence: Sentence, i: int) -> bool:
    """Whether a verb only bears a value: "un plan doté de 3 millions", "des pointes allant à 39 degrés", "pouvant atteindre"."""
    word = sentence.words[i]
    above = sentence.words[word.head]
    if "VerbForm=Inf" in word.morph and "VerbForm=Part" in above.morph and "Tense=Pres" in above.morph:
        return above.lemma in words(sentence.language, "modality", "reaching")
    key = "reaching" if "Tense=Pres" in word.morph else "light"
    return "VerbForm=Part" in word.morph and bool({word.lemma, word.verb} & words(sentence.language, "modality", key))


def _verbs(sentence: Sentence, chain: list[int]) -> list[int]:
    """The verbs of a chain; of a copula, its noun.

    Of what completes a verb ("pourrait atteindre", "resteront bloqués") that verb too.
    """
    out = [i for i in chain if sentence.words[i].pos in ("VERB", "AUX")]
    last = chain[-1]
    if sentence.words[last].dep == "xcomp":
        out.append(sentence.words[last].head)
    if not out:
        out = [last]
    return out


def _come_to_pass(context: Context, sentence: Sentence, verb: int) -> bool:
    """Whether a future with a participle tells of what has been, as its sentence is dated before the day of publication."""
    published = context.article.published
    auxiliaries = (sentence.words[j] for j in sentence.children[verb])
    compound = any(w.dep == "aux:tense" and "Tense=Fut" in w.morph for w in auxiliaries)
    if not compound or published is None:
        return False
    dates = [m for m in context.mentions_in(sentence.start, sentence.end) if m.kind == "date" and m.time_start is not None]
    return bool(dates) and all(m.time_end is not None and m.time_end < published for m in dates)


def _features(sentence: Sentence, i: int) -> str:
    """Morphology of a verb with that of its auxiliaries, or of the copula of a noun."""
    auxiliaries = (sentence.words[j] for j in sentence.children[i])
    return "|".join([sentence.words[i].morph, *(w.morph for w in auxiliaries if w.dep.startswith("aux") or w.dep == "cop")])


def _supposed(sentence: Sentence, verbs: list[int]) -> bool:
    """Whether the clause is a condition: "si la région apporte deux millions"."""
    found = words(sentence.language, "modality", "if")
    said = f" {' '.join(w.norm for w in sentence.words)} ".replace("c' ", "c'")
    if any(f", {phrase} " in said for phrase in words(sentence.language, "modality", "factual")):
        return False  # "si 12 000 foyers sont privés de courant, c'est que"
    return any(sentence.words[j].norm in found and sentence.words[j].dep == "mark" for i in verbs for j in sentence.children[i])


def _alleged(sentence: Sentence, chain: list[int]) -> bool:
    """Whether somebody is but suspected of it: "soupçonné d'avoir signé 300 actes"."""
    verb = sentence.words[chain[-1]]
    above = sentence.words[verb.head] if verb.head >= 0 else verb
    suspected = {above.lemma, above.verb} & words(sentence.language, "modality", "alleged")
    return bool(suspected) and "VerbForm=Inf" in _features(sentence, chain[-1])


def _intended(sentence: Sentence, chain: list[int], root: int) -> bool:
    """Whether the value is aimed at ("vise 3 %"), or its verb is the infinitive of an intention ("veut supprimer")."""
    aimed = words(sentence.language, "modality", "aimed")
    if any(sentence.words[i].lemma in aimed and not _by_law(sentence, i) for i in chain) or _awaited(sentence, chain, root):
        return True
    return any(_of_intent(sentence, verb) for verb in dict.fromkeys((chain[-1], _first_of(sentence, chain[-1]))))


def _of_intent(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is the infinitive of an intention: "veut supprimer", "afin de ramener"."""
    if "VerbForm=Inf" not in sentence.words[verb].morph:
        return False
    planned, aimed, purpose = (words(sentence.language, "modality", k) for k in ("planned", "aimed", "purpose"))
    above = next((i for i in sentence.ancestors(verb) if sentence.words[i].pos in ("VERB", "AUX", "NOUN")), None)
    if any(sentence.words[j].norm in purpose for j in sentence.children[verb]) or _intends(sentence, verb):
        return True
    helpers = [j for j in sentence.children[verb] if sentence.words[j].pos in ("VERB", "AUX") and j < verb]
    return any(sentence.words[i].lemma in planned | aimed for i in (above, *helpers) if i is not None)


def _first_of(sentence: Sentence, verb: int) -> int:
    """The first of the infinitives that one is set beside: "s'engage à garder le site et à investir 3 millions"."""
    joined, seen = labels(sentence.language, "coordination"), {verb}
    while "VerbForm=Inf" in sentence.words[verb].morph and sentence.words[verb].dep in joined:
        above = sentence.words[verb].head
        if above in seen or "VerbForm=Inf" not in sentence.words[above].morph:
            break
        seen.add(above)
        verb = above
    return verb


def _foreseen(sentence: Sentence, chain: list[int]) -> bool:
    """Whether a value is what something that is awaited or planned comes to: "la hausse attendue est de 3 %"."""
    last, subjects = chain[-1], labels(sentence.language, "subject")
    if not any(sentence.words[j].dep == "cop" for j in sentence.children[last]):
        return False
    ahead = words(sentence.language, "modality", "awaited") | words(sentence.language, "modality", "aimed")
    nouns = (j for j in sentence.children[last] if sentence.words[j].dep in subjects)
    told = (sentence.words[k] for j in nouns for k in sentence.children[j])
    return any("VerbForm=Part" in w.morph and {w.lemma, w.verb} & ahead for w in told)


def _intends(sentence: Sentence, infinitive: int) -> bool:
    """Whether a verb of intention stands right before an infinitive; a tagger takes "compte supprimer" for an account."""
    before = next((w for w in reversed(sentence.words[:infinitive]) if w.pos not in ("ADV", "PRON")), None)
    return before is not None and before.norm in words(sentence.language, "modality", "intends")


def _by_law(sentence: Sentence, verb: int) -> bool:
    """Whether a law is what provides for something: "la loi prévoit deux ans de prison" is in force."""
    laws, subjects = words(sentence.language, "modality", "laws"), labels(sentence.language, "subject")
    return any(sentence.words[j].dep in subjects and sentence.words[j].lemma in laws for j in sentence.children[verb])


def _awaited(sentence: Sentence, chain: list[int], root: int) -> bool:
    """Whether the value is what is awaited ("sont attendus"), not who waits."""
    awaited = words(sentence.language, "modality", "awaited")
    waits = labels(sentence.language, "subject") - labels(sentence.language, "passive_subject")
    way = [root, *chain]
    return any(
        awaited & {sentence.words[i].lemma, sentence.words[i].verb} and sentence.words[below].dep not in waits
        for below, i in zip(way, chain, strict=False)
    )


def _due(sentence: Sentence, verbs: list[int]) -> bool:
    """Whether something is due: "doit ouvrir", "devait être portée"; not "a dû", a debt, nor "doit se contenter de"."""
    due, settled = (words(sentence.language, "modality", k) for k in ("due", "settled"))
    around = {i for v in verbs for i in (v, *sentence.children[v])}
    heads = [i for i in around if sentence.words[i].lemma in due]
    acts = {j for i in (*heads, *verbs) for j in sentence.children[i]} | set(verbs)
    bare = [sentence.words[j].lemma for j in acts if "VerbForm=Inf" in sentence.words[j].morph]
    forms = (sentence.words[i].morph for i in heads)
    now = any("VerbForm=Fin" in m and ("Tense=Pres" in m or "Tense=Imp" in m) for m in forms)
    return now and bool(bare) and not settled & set(bare)


def _outlook(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether words of outlook lead to the value: "table sur", "Objectif : un déficit de 3 %"."""
    lead = folded(context.article.text[sentence.start : mention.start])
    aims, _, rest = lead.partition(" : ")
    heads = aims.lstrip("-*•–— ").startswith(phrases(sentence.language, "outlook", "heads")) and bool(rest)
    return heads or any(f"{p} " in lead[-AHEAD:] for p in phrases(sentence.language, "outlook", "before"))


def _line_modality(sentence: Sentence, measure: Measure, plain: str) -> str:
    near = {w.norm for w in _clause(sentence, measure.root)}
    language = sentence.language
    if any(near & words(language, "modality", key) for key in ("negation", "denial", "false")):
        return "denied"
    if near & words(language, "modality", "conditional"):
        return "conditional"
    if near & words(language, "modality", "hearsay"):  # "soll gewonnen haben", but "soll kosten"
        return "conditional" if near & words(language, "modality", "perfect") else "planned"
    return "planned" if near & words(language, "modality", "planned") else plain


def _clause(sentence: Sentence, at: int) -> list[Word]:
    """The words around one up to the marks that bound its clause; what stands in brackets beside it bounds nothing."""
    depths = _brackets(sentence)
    words_in = [i for i, depth in enumerate(depths) if depth == depths[at] and sentence.words[i].norm not in BRACKETS]
    place = bisect_left(words_in, at)
    ends = [k for k, i in enumerate(words_in) if sentence.words[i].norm in BREAKS and not _in_figure(sentence, i)]
    first = next((k + 1 for k in reversed(ends) if k < place), 0)
    last = next((k for k in ends if k > place), len(words_in))
    return [sentence.words[i] for i in words_in[first:last]]


def _in_figure(sentence: Sentence, i: int) -> bool:
    """Whether a mark stands between digits, as the comma of "4,2" does."""
    around = sentence.words[max(0, i - 1) : i + 2]
    return (
        len(around) == THREE
        and around[0].end == around[1].start
        and around[1].end == around[2].start
        and (around[0].norm[-1:].isdecimal() and around[2].norm[:1].isdecimal())
    )


def _brackets(sentence: Sentence) -> list[int]:
    """Of each word how many brackets hold it."""
    out, depth = [], 0
    for word in sentence.words:
        depth += word.norm == BRACKETS[0]
        out.append(depth)
        depth = max(0, depth - (word.norm == BRACKETS[1]))
    return out
