"""Past or future: the verbs around a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from pipeline.grammar.dates.vocabulary import AUXILIARY, HEARSAY, PARTICIPLE, Vocabulary

PAST, UNKNOWN, FUTURE = -1, 0, 1
_REACH = 24  # tokens to each side: beyond that, a cue seldom governs the date
_NEAR = 14  # tokens from a date at the head of its sentence to the verb that settles it
_BESIDE = 1  # tokens from a verb to the date that it has beside it
_CLAUSE = 4  # tokens that a word between clauses counts for
_OPENED = 8  # tokens that it counts for where it opens the date's own clause
_QUOTED = 14  # tokens of a quotation that is passed over
_SAYING = 6  # tokens from the auxiliary of who speaks to its participle: "a-t-on appris"
_AGENT = 7  # tokens from such a participle past who said it to the date
_CLITICS = 3  # tokens from what leads to an infinitive to its end: "de ne pas s'y | rendre"
_AUXILIARY = 5  # tokens from a participle back to its auxiliary
_PERFECT = 3  # tokens from such a participle back to its own auxiliary
_STATE = 3  # tokens from a finite verb of the past to the date that it governs: "était en grève mardi"
_BACKWARDS = 4  # tokens from what looks back to the date of what it names
_ATTRIBUTE = 8  # tokens from a date to the participle before its noun
_BEYOND = 8  # tokens from an auxiliary to its participle, an aside between commas included
_YEAR = 4  # digits of a year
_STOPS = frozenset('.!?;:…"«»')


def _participle(norms: Sequence[str], i: int, vocabulary: Vocabulary) -> tuple[int, bool]:
    """(tense, whether an auxiliary tells it) of a participle: FUTURE in "sera présenté", else PAST ("présenté le 3 mars")."""
    ahead = norms[i] in vocabulary.scheduling
    for k in range(i - 1, max(-1, i - 1 - _AUXILIARY), -1):
        if norms[k] in _STOPS:
            break
        if (found := vocabulary.direction(norms[k])) in (PAST, FUTURE):
            return found, not ahead
        come = norms[i] in vocabulary.arrivals and norms[k] in vocabulary.copulas
        if k > i - _PERFECT and (come or _ends(norms, k, vocabulary.past_phrases)):
            return PAST, True  # "est mort samedi", "se sont réunis samedi"
        if ahead and norms[k] in vocabulary.copulas:
            return FUTURE, True  # "l'audience est fixée au 2 juin"
    return PAST, False


def _come_to_pass(norms: Sequence[str], start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether the verb behind a date within its sentence tells by its auxiliary what has come to pass: "la rencontre de
    dimanche aura permis". At the head of a sentence such a verb may well lie ahead: "samedi, elle aura fermé"."""
    if not start or norms[start - 1] in _STOPS:
        return False
    for i in range(end, min(len(norms), end + _NEAR)):
        if norms[i] in _STOPS:
            break
        if vocabulary.direction(norms[i]) == FUTURE:
            behind = norms[i + 1 : i + 1 + _BEYOND]
            return norms[i] in vocabulary.anterior and any(vocabulary.direction(n) == PARTICIPLE for n in behind)
    return False


def _ends(norms: Sequence[str], i: int, phrases: Mapping[str, Sequence[list[str]]]) -> bool:
    """Whether one of the phrases, given by their last words, ends with token `i`."""
    return norms[i] in phrases and any(list(norms[max(0, i + 1 - len(p)) : i + 1]) == p for p in phrases[norms[i]])


def _perfect(norms: Sequence[str], i: int, vocabulary: Vocabulary) -> int:
    """PAST of a present auxiliary with its participle ("ist ... gekommen", "dass sie gekommen sind"), UNKNOWN of one alone.

    "ist" makes one with verbs of motion and change alone: "ist gesperrt" is a state, "ist gesperrt worden" is none.
    The caller takes one alone right beside the date for a present that tells of what is to come ("am Sonntag sind Wahlen").
    """
    for places in (range(i + 1, min(len(norms), i + 1 + _REACH)), range(i - 1, max(-1, i - 1 - _AUXILIARY), -1)):
        for k in places:
            if norms[k] in _STOPS:
                break
            if vocabulary.perfect(norms[k]) and (norms[i] not in vocabulary.states_of or vocabulary.moved(norms[k])):
                return PAST
    return UNKNOWN


class _Cue(NamedTuple):
    """What a side tells: the direction, whether by a finite verb or an adverb, how far away that stands, and at which token."""

    direction: int
    sure: bool
    distance: int
    place: int


def _cue(norms: Sequence[str], places: range, vocabulary: Vocabulary) -> _Cue:
    """The nearest cue along `places`; what stands in quotation marks is passed over, another clause lies farther away."""
    distance, quoted = -1, False
    enter, leave = ("»", "«") if places.step < 0 else ("«", "»")
    for i in places:
        norm = norms[i]
        distance += 1
        if quoted or (norm == enter and _closes(norms, places, i, leave)):
            quoted = norm != leave
            continue
        if norm in _STOPS or (norm == "," and places.step > 0 and _said(norms, i + 1, vocabulary)):
            break
        if norm in vocabulary.clauses:
            distance += _OPENED if places.step < 0 else _CLAUSE
        found = FUTURE if _ends(norms, i, vocabulary.phrases) else vocabulary.direction(norm)
        if not found and _ends(norms, i, vocabulary.past_phrases):
            found = PAST  # "s'est | produit samedi"
        if places.step < 0 and _resolved(norms, i, vocabulary):
            break  # "a décidé de participer au tournoi le 8 décembre": either day
        if found == PARTICIPLE:
            direction, told_by = _participle(norms, i, vocabulary)
            if places.step < 0 and direction == PAST and not told_by and _under_future(norms, i, vocabulary):
                break  # "débutera par une vente organisée en mars": either month
            return _Cue(direction, told_by, distance, i)
        if found == PAST and i and norms[i - 1] in vocabulary.passives:
            continue  # "will be | sold", "is to be | sold": what stands before tells
        if found == FUTURE and _numbered(norms, i):
            continue  # "by 13 | votes"
        if found == HEARSAY:
            return _Cue(UNKNOWN, True, distance, i)
        if found == AUXILIARY:
            found = _perfect(norms, i, vocabulary) or (FUTURE if distance < _BESIDE else UNKNOWN)
        if found:
            return _Cue(found, True, distance, i)
    return _Cue(UNKNOWN, False, _REACH, -1)


def _under_future(norms: Sequence[str], i: int, vocabulary: Vocabulary) -> bool:
    """Whether the finite verb before the bare participle at token `i`, in its clause, tells of what is to come."""
    for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if norms[k] in _STOPS or norms[k] in vocabulary.clauses or norms[k] == ",":
            return False
        if (found := vocabulary.direction(norms[k])) in (PAST, FUTURE):
            return found == FUTURE
    return False


def _by_whom(norms: Sequence[str], i: int, start: int, vocabulary: Vocabulary) -> bool:
    """Whether the participle at token `i` tells what was said, by whom and on the date at `start`: "annoncées | par la ministre
    | lundi"."""
    said = norms[i] in vocabulary.saying or norms[i].removesuffix("s").removesuffix("e") in vocabulary.saying
    return said and start - i <= _AGENT and norms[i + 1] in vocabulary.agents


def _resolved(norms: Sequence[str], i: int, vocabulary: Vocabulary) -> bool:
    """Whether the participle at token `i` leads to what is to be done: "a décidé | de participer", "agreed | to pay"."""
    if norms[i] not in vocabulary.resolved or i + 2 >= len(norms) or norms[i + 1] not in vocabulary.resolving:
        return False
    return not vocabulary.infinitives or any(norm.endswith(vocabulary.infinitives) for norm in norms[i + 2 : i + 2 + _CLITICS])


def _spoken(norms: Sequence[str], i: int, vocabulary: Vocabulary) -> bool:
    """Whether the participle at token `i` is what somebody has said: "a annoncé | au mois de mars"."""
    if norms[i] not in vocabulary.saying:
        return False
    return any(vocabulary.direction(norm) == PAST for norm in norms[max(0, i - _AUXILIARY) : i])


def _numbered(norms: Sequence[str], i: int) -> bool:
    """Whether a figure that is no year counts token `i`, which then is no verb."""
    figure = norms[i - 1] if i else ""
    return figure.isdigit() and not (len(figure) == _YEAR and figure[:2] in ("19", "20"))


def _said(norms: Sequence[str], i: int, vocabulary: Vocabulary) -> bool:
    """Whether who speaks is told from token `i` on: "vendredi, a également précisé le palais", "mardi, a-t-on appris"."""
    if not vocabulary.saying or i >= len(norms) or vocabulary.direction(norms[i]) != PAST:
        return False
    return any(norm in vocabulary.saying for norm in norms[i + 1 : i + 1 + _SAYING])


def _closes(norms: Sequence[str], places: range, i: int, mark: str) -> bool:
    """Whether the quotation that begins at token `i` of `places` ends soon, within its sentence."""
    for k in places[places.index(i) + 1 :][:_QUOTED]:
        if norms[k] in _STOPS:
            return norms[k] == mark
    return False


def told(norms: Sequence[str], start: int, end: int, vocabulary: Vocabulary) -> tuple[int, bool, bool]:
    """(tense, whether a verb right before tells it, whether one right behind does) around the tokens `start` to `end`.

    The nearest cue decides.
    """
    if (start and _ends(norms, start - 1, vocabulary.announcers)) or _supposed(norms, start, end, vocabulary):
        return FUTURE, False, False
    if start > 1 and norms[start - 1].endswith(vocabulary.infinitives) and norms[start - 2] in vocabulary.purposes:
        return FUTURE, False, False  # "appelle à manifester samedi"
    set_for = start > 1 and norms[start - 1] in vocabulary.destinations and _scheduled(norms, start - 2, end, vocabulary)
    if set_for and not _spoken(norms, start - 2, vocabulary):
        return FUTURE, norms[start - 2] in vocabulary.scheduling, False  # "l'audience a été fixée au 2 juin"
    if attribute := _attribute(norms, start, end, vocabulary):
        return attribute, False, False
    left = _cue(norms, range(start - 1, max(-1, start - 1 - _REACH), -1), vocabulary)
    right = _cue(norms, range(end, min(len(norms), end + _REACH)), vocabulary)
    if left.sure and left.direction == UNKNOWN and left.distance < right.distance:
        return UNKNOWN, False, False  # "la fête devait avoir lieu samedi, elle a été annulée": either day
    if right.direction == FUTURE and _come_to_pass(norms, start, end, vocabulary):
        right = right._replace(direction=PAST)
    if left.sure and _aside(norms, left.place, end, vocabulary):
        return left.direction, left.direction == PAST and left.distance <= _BESIDE, False
    behind = not left.direction and right.sure and right.distance <= _NEAR
    state = left.distance <= min(_STATE, start - 1) and norms[start - 1 - left.distance] in vocabulary.states
    before = left.direction == PAST and left.sure and (left.distance <= _BESIDE or state)
    before = before or (left.direction == PAST and _by_whom(norms, left.place, start, vocabulary))
    found = (left if left.direction and left.distance <= right.distance + 2 else right).direction
    return found or _announced(norms, start, end, vocabulary), before, behind


def _scheduled(norms: Sequence[str], before: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether what sets something for a day stands at token `before`, or behind the day where verbs come last: "wurde auf
    den 17. Juli | verschoben"."""
    if norms[before] in vocabulary.scheduling or not vocabulary.presents or vocabulary.loose_past:
        return norms[before] in vocabulary.scheduling
    clause = takewhile(lambda norm: norm not in _STOPS and norm != ",", norms[end : end + _ATTRIBUTE])
    return any(norm in vocabulary.scheduling for norm in clause)


def _attribute(norms: Sequence[str], start: int, end: int, vocabulary: Vocabulary) -> int:
    """What the participle tells that a date goes with before its noun: "die am Sonntag | stattfindende Wahl", PAST in "der im
    Mai | gewählte Präsident"; UNKNOWN where there is none."""
    if start < 2 or norms[start - 1] not in vocabulary.attribute_links or norms[start - 2] not in vocabulary.attribute_heads:
        return UNKNOWN
    for norm in norms[end : end + _ATTRIBUTE]:
        if norm in _STOPS or norm == ",":
            break
        if found := vocabulary.attribute(norm):
            return found
    return UNKNOWN


def _announced(norms: Sequence[str], start: int, end: int, vocabulary: Vocabulary) -> int:
    """FUTURE where no past or future is told but a verb of the present, in a language that announces by it: "er kommt am
    Montag", or a condition: "wenn du im Sommer reist". Not after what looks back: "der Streit vom Montag bleibt", "nach dem
    Brand am Samstag steht die Ursache fest"."""
    if not vocabulary.presents or not vocabulary.looking_back.isdisjoint(norms[max(0, start - _BACKWARDS) : start]):
        return UNKNOWN
    for k in range(start - 1, max(-1, start - 1 - _NEAR), -1):
        if norms[k] in _STOPS:
            break
        if _ends(norms, k, vocabulary.presents) or norms[k] in vocabulary.conditions:
            return FUTURE
        if norms[k] in vocabulary.clauses:
            break
    for k in range(end, min(len(norms), end + _NEAR)):
        if norms[k] in _STOPS or norms[k] in vocabulary.clauses:
            break
        if _ends(norms, k, vocabulary.presents):
            return FUTURE
    return UNKNOWN


def _supposed(norms: Sequence[str], start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether a date stands in a supposition of what may come: "si le texte n'était pas voté lundi, il tomberait"."""
    first = next((i for i in range(start - 1, max(-1, start - 1 - _REACH), -1) if norms[i] in _STOPS or norms[i] == ","), -1) + 1
    if first >= start or norms[first] not in vocabulary.suppositions or not any(map(vocabulary.imperfect, norms[first:start])):
        return False
    behind = norms[end : end + _REACH]
    if "," not in behind:
        return False
    main = behind[behind.index(",") + 1 :]
    stop = next((k for k, norm in enumerate(main) if norm in _STOPS), len(main))
    found = next((d for norm in main[:stop] if (d := vocabulary.direction(norm)) in (PAST, FUTURE, HEARSAY)), UNKNOWN)
    return found in (FUTURE, HEARSAY)


def _aside(norms: Sequence[str], start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether a comma right behind a date ends what its verb, token `start`, tells aside of the sentence: ", qui avait
    relevé un déficit au 31 décembre, se prononcera"."""
    if end >= len(norms) or norms[end] != "," or not vocabulary.clauses.isdisjoint(norms[start:end]):
        return False
    return all(norms[i] != "," or (norms[i - 1].isdigit() and norms[i + 1].isdigit()) for i in range(start, end))


def awaited(norms: Sequence[str], start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether a date after "jusqu'à" lies ahead: no finite verb of the past tells that what it bounds is over."""
    if lasted(norms, start, vocabulary):
        return False
    left = _cue(norms, range(start - 1, max(-1, start - 1 - _REACH), -1), vocabulary)
    right = _cue(norms, range(end, min(len(norms), end + _NEAR)), vocabulary)
    return all(side.direction != PAST or not side.sure for side in (left, right))


def lasted(norms: Sequence[str], start: int, vocabulary: Vocabulary) -> bool:
    """Whether the clause before token `start` tells of what lasted in the past: "ils avaient jusqu'à mercredi"."""
    for k in range(start - 1, max(-1, start - 1 - _REACH // 2), -1):
        if norms[k] in _STOPS:
            break
        if vocabulary.imperfect(norms[k]):
            return True
    return False


def tense(norms: Sequence[str], start: int, end: int, vocabulary: Vocabulary) -> int:
    """PAST, FUTURE or UNKNOWN of what is said around the tokens `start` to `end`."""
    return told(norms, start, end, vocabulary)[0]
