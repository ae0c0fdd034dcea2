"""Common nouns of whom a value may be said: in the table `noun: how the text points to it`, parted by `; `, `-` for none."""

from __future__ import annotations

import pytest
from case_tables import cases

from pipeline.claims import passing, read
from pipeline.claims.gate import open_article
from pipeline.pipes import parse
from pipeline.records import Article

PREFIX = "noun, "


def offered(text: str, quote: str) -> set[str]:
    """The nouns offered for the value `quote`, each with how it is pointed to."""
    opened = open_article(Article(id="a", source="s", text=text, language="fr"))
    claims, context = read(opened, next(iter(parse([passing(opened)]))))
    claim = next(c for c in claims if c.quote == quote)
    pointed = ((c.referent.name, name) for c in context.traits[claim.claim_id].candidates for name in c.features)
    return {f"{noun}: {how.removeprefix(PREFIX)}" for noun, how in pointed if how.startswith(PREFIX)}


@pytest.mark.parametrize(("text", "quote", "nouns"), cases("nouns"))
def test_nouns(text: str, quote: str, nouns: str) -> None:
    assert offered(text, quote) == set(filter(None, nouns.split("; ")))
