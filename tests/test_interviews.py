"""Interviews by the form of their lines: whose answers they are, and what only looks like one."""

from __future__ import annotations

import pytest

from pipeline.claims.interviews import answers
from pipeline.records import Entity

ASKED = "**Vous fermez deux lignes ?**\n\nNous en ouvrons trois.\n\n**Combien coûtent vos trains ?**\n\nIls coûtent 40 millions."
HEADED = "### Jeanne Morvan, maire : « Non ! »\n\n**Combien de trains ?**\n\nTrois cents.\n\n**Et le pont ?**\n\nIl tient."
FAQ = "Que s'est-il passé ?\nLe pont a cédé.\n\nCombien de blessés y a-t-il ?\nOn en compte douze."


@pytest.mark.parametrize(
    ("title", "text", "speaker"),
    [
        pytest.param("Jeanne Morvan (Rail-Est) : « Nous tiendrons »", ASKED, "Jeanne Morvan", id="by a quoted title"),
        pytest.param("Rail-Est en crise", f"### Jeanne Morvan, maire : « Non ! »\n\n{ASKED}", "Jeanne Morvan", id="by a heading"),
        pytest.param("Rail-Est en crise", HEADED, "Jeanne Morvan", id="by a heading over questions set apart"),
        pytest.param("Les trains de Jeanne Morvan", ASKED, "Jeanne Morvan", id="by the person of the title"),
        pytest.param("Le pont", f"## Questions à Jeanne Morvan\n\n{FAQ}", "Jeanne Morvan", id="by a line that says so"),
        pytest.param("Le pont de Jeanne Morvan", FAQ, None, id="questions that only part an article"),
        pytest.param("Le pont", "Que faire ?\nRien, dit Jeanne Morvan, et vous ?", None, id="one question"),
        pytest.param("Rail-Est en crise", ASKED, None, id="nobody named"),
    ],
)
def test_interviewee(title: str, text: str, speaker: str | None) -> None:
    at = text.find("Jeanne Morvan")
    named = "Jeanne Morvan" in title or at >= 0
    spans = ((at, at + 13),) if at >= 0 else ()
    person = Entity(name="Jeanne Morvan", type="PER", spans=spans)
    found = answers(text, title, [person] if named else [], "fr")
    assert {a.speaker for a in found} == ({speaker} if speaker else set())


def test_answers_are_the_lines_behind_questions() -> None:
    found = answers(ASKED, "Jeanne Morvan : « Nous tiendrons »", [], "fr")
    assert [ASKED[a.start : a.end] for a in found] == ["Nous en ouvrons trois.", "Ils coûtent 40 millions."]


def test_the_last_answer_ends_where_the_article_goes_on() -> None:
    text = f"{HEADED}\n\nÀ Valmore, 400 riverains ont manifesté."
    assert [text[a.start : a.end] for a in answers(text, None, [], "fr")] == ["Trois cents.", "Il tient."]
    spoken = f"{HEADED}\n\nEt nous en ouvrons deux."
    assert spoken[answers(spoken, None, [], "fr")[-1].start :].startswith("Il tient.\n\nEt nous")
    assert answers(spoken, None, [], "fr")[-1].end == len(spoken)
