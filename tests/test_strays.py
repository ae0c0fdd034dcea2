"""The subjects that a tree has lost, found again by place and agreement."""

from __future__ import annotations

import pytest
from case_tables import cases

from pipeline.claims import passing, read
from pipeline.claims.gate import open_article
from pipeline.claims.strays import stray_subject
from pipeline.pipes import parse
from pipeline.records import Article


@pytest.mark.parametrize(("text", "verb", "subject"), cases("strays"))
def test_strays(text: str, verb: str, subject: str) -> None:
    opened = open_article(Article(id="a", source="s", text=text))
    _, context = read(opened, next(parse([passing(opened)])))
    [sentence] = context.sentences
    i = next(i for i, word in enumerate(sentence.words) if word.text == verb)
    found = stray_subject(sentence, i)
    assert (sentence.words[found].text if found is not None else "") == subject
