"""Which word heads a sentence once its tree is set right; `pipeline.trees`."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipeline.syntax import Word
from pipeline.trees import set_right

PRESENT = {"valorise": "valoriser", "mesure": "mesurer"}


def tree(*rows: str) -> list[Word]:
    """Words of "text pos dep head [morph]", one a row."""
    out: list[Word] = []
    for row in rows:
        text, pos, dep, head, *morph = row.split()
        start = sum(len(w.text) + 1 for w in out)
        norm = text.casefold()
        out.append(Word(start, start + len(text), text, norm, norm, pos, dep, int(head), morph[0] if morph else ""))
    return out


def infinitive(norm: str, known: Mapping[str, str] = PRESENT) -> str:
    return known.get(norm, norm)


MAIN = tree(
    "Onze NUM nummod 1",
    "personnes NOUN ROOT 1 Number=Plur",
    "sont AUX cop 3 Number=Plur|VerbForm=Fin",
    "mortes VERB acl:relcl 1 Number=Plur|VerbForm=Part",
    "hier ADV advmod 1",
)
RELATIVE = tree(
    "Onze NUM nummod 1",
    "personnes NOUN ROOT 1 Number=Plur",
    "qui PRON nsubj 4 PronType=Rel",
    "sont AUX cop 4 Number=Plur|VerbForm=Fin",
    "mortes VERB acl:relcl 1 Number=Plur|VerbForm=Part",
)
ASIDE = tree(
    "C' PRON nsubj 2",
    "est AUX cop 2 VerbForm=Fin",
    "cause NOUN ROOT 2 Number=Sing",
    "rappelle VERB acl 2 Number=Sing|VerbForm=Fin",
    "l' DET det 5",
    "étude NOUN obj 3",
)
OTHERS = tree(
    "choix NOUN ROOT 0 Number=Sing",
    "de ADP case 2",
    "gens NOUN nmod 0 Number=Plur",
    "votent VERB acl 0 Number=Plur|VerbForm=Fin",
)
TAGGED = tree(
    "opération NOUN ROOT 0 Number=Sing",
    "valorise NOUN nmod 0",
    "Quarnel PROPN nmod 0",
)
NOUN = tree("prise NOUN ROOT 0 Number=Sing", "de ADP case 2", "mesure NOUN nmod 0", "utile ADJ amod 2")


@pytest.mark.parametrize(
    ("words", "head"),
    [
        pytest.param(MAIN, "mortes", id="a main clause that is taken for a relative one"),
        pytest.param(RELATIVE, "personnes", id="a relative clause stays one"),
        pytest.param(ASIDE, "cause", id="who says so heads nothing"),
        pytest.param(OTHERS, "choix", id="a verb in the plural is not of one thing"),
        pytest.param(TAGGED, "valorise", id="a verb that was tagged as a noun"),
        pytest.param(NOUN, "prise", id="a noun behind a preposition stays one"),
    ],
)
def test_head(words: list[Word], head: str) -> None:
    found = set_right(words, "fr", infinitive)
    assert [w.text for i, w in enumerate(found) if w.head == i] == [head]


def test_what_changes() -> None:
    found = set_right(MAIN, "fr", infinitive)
    assert [(w.text, w.dep, w.head) for w in found[1:]] == [
        ("personnes", "nsubj", 3),
        ("sont", "cop", 3),
        ("mortes", "ROOT", 3),
        ("hier", "advmod", 3),
    ]
    assert set_right(TAGGED, "fr", infinitive)[1][4:6] == ("valoriser", "VERB")
