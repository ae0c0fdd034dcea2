"""Files, folders and standard input to articles; bad input to one line each."""

from __future__ import annotations

import gzip
import io
import json
import logging
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from pipeline.errors import ReadingError
from pipeline.reading import READERS, read
from pipeline.reading import lines as lines_module
from pipeline.reading import origins as origins_module
from pipeline.records import Article, Rejection

TEXT = "La fonderie ferme\n\nElle employait 200 personnes à Bellac, où l'été s'achève."


def both(*sources: Path | str, published: date | None = None) -> tuple[list[Article], list[str]]:
    """What reading gives, and what it rejects, as the lines that a user sees."""
    rejected: list[Rejection] = []
    articles = list(read(list(sources), reject=rejected.append, published=published))
    return articles, [str(r) for r in rejected]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ---- one article a file


def test_a_text_file_by_name(tmp_path: Path) -> None:
    file = write(tmp_path / "000_e9cf.txt", TEXT)
    [article], rejected = both(file)
    assert (article.id, article.source, article.text, article.published) == ("000_e9cf", "000_e9cf", TEXT, None)
    assert article.title == "La fonderie ferme"
    assert rejected == []


def test_one_source_need_not_be_in_a_list(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", TEXT)
    assert [a.id for a in read(file)] == [a.id for a in read(str(file))] == ["a"]


def test_published_stands_in_only_where_nothing_else_does(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "b.txt", "La fonderie ferme\nPublié le 3 mars 2025\nElle fermait.")
    articles, _ = both(tmp_path, published=date(2025, 4, 1))
    assert [a.published for a in articles] == [date(2025, 4, 1), date(2025, 3, 3)]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (TEXT.encode("utf-8"), TEXT),
        (TEXT.encode("utf-8-sig"), TEXT),
        (TEXT.encode("utf-16"), TEXT),
        (TEXT.encode("utf-16-le"), TEXT),
        (TEXT.encode("utf-16-be"), TEXT),
        (TEXT.encode("utf-32"), TEXT),
        (TEXT.encode("cp1252"), TEXT),
        (TEXT.encode("mac_roman"), TEXT),
        (TEXT.encode("cp850"), TEXT),
        ("Das Werk schließt, hieß es. 5 €".encode("cp1252"), "Das Werk schließt, hieß es. 5 €"),
        ("« L’été » – 5 œuvres… à 3 €".encode("cp1252"), "« L’été » – 5 œuvres… à 3 €"),
        (b"Elle ferme\r\n\r\nsans bruit.\r\n", "Elle ferme\r\n\r\nsans bruit.\r\n"),
        (b"\nElle ferme.\n", "\nElle ferme.\n"),
    ],
    ids=[
        "utf-8",
        "utf-8 mark",
        "utf-16",
        "utf-16-le no mark",
        "utf-16-be no mark",
        "utf-32",
        "cp1252",
        "mac",
        "cp850",
        "cp1252 German",
        "cp1252 typography",
        "crlf kept",
        "white space kept",
    ],
)
def test_encoding_is_detected_and_nothing_else_changed(tmp_path: Path, content: bytes, text: str) -> None:
    [article], rejected = both(write(tmp_path / "a.txt", content))
    assert article.text == text
    assert rejected == []


FRONT = """---
title: "Fonderie : la fin"
author: [Jeanne Morel, Ali Roux]
date: 2025-03-03
source: courrier.example
url: https://www.courrier.example/fonderie
lang: fr-FR
id: c-1
---
"""


def test_front_matter_gives_fields_and_leaves_the_text(tmp_path: Path) -> None:
    [article], _ = both(write(tmp_path / "a.md", FRONT + "\n" + TEXT))
    assert article == Article(
        id="c-1",
        source="courrier.example",
        text="\n" + TEXT,
        url="https://www.courrier.example/fonderie",
        title="Fonderie : la fin",
        author="Jeanne Morel, Ali Roux",
        published=date(2025, 3, 3),
        language="fr",
    )


@pytest.mark.parametrize(
    ("front", "title", "published"),
    [
        ("---\ntitle: Fonderie : la fin\ndate: 3 mars 2025\n---\n", "Fonderie : la fin", date(2025, 3, 3)),
        ("---\r\ntitle: Fonderie\r\ndate: 2025-03-03T08:00:00+01:00\r\n---\r\n", "Fonderie", date(2025, 3, 3)),
        ('+++\ntitle = "Fonderie"\ndate = 2025-03-03\n+++\n', "Fonderie", date(2025, 3, 3)),
    ],
    ids=["broken YAML", "crlf", "TOML"],
)
def test_front_matter_of_several_kinds(tmp_path: Path, front: str, title: str, published: date) -> None:
    [article], rejected = both(write(tmp_path / "a.md", front + TEXT))
    assert (article.title, article.published, article.text, rejected) == (title, published, TEXT, [])


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    text = "---\nElle ferme.\n---\nElle employait 200 personnes."
    [article], _ = both(write(tmp_path / "a.md", text))
    assert article.text == text


# ---- folders: ids, sources, order


def test_a_folder_is_read_by_name_at_any_depth(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b.txt", ".hidden.txt", ".git/c.txt", "README.md", "a/photo.jpg"):
        write(tmp_path / name, TEXT)
    articles, rejected = both(tmp_path)
    assert [a.id for a in articles] == ["b", "a/b", "a/z"]
    assert rejected == []


def test_other_formats_in_a_folder_are_noted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "b.jpg", b"\xff\xd8\xff")
    with caplog.at_level(logging.WARNING):
        list(read(tmp_path))
    assert "passed over 1 file in other formats (.jpg)" in caplog.text


def test_files_of_a_story_are_sources_of_their_own(tmp_path: Path) -> None:
    expected = {
        "Le Monde/3": "Le Monde",
        "courrier.example/1": "courrier.example",
        "fonderie/courrier": "courrier",
        "fonderie/gazette": "gazette",
        "liberation/4": "liberation",
        "www.gazette.example/2": "gazette.example",
    }
    for name in expected:
        write(tmp_path / f"{name}.txt", TEXT)
    articles, _ = both(tmp_path)
    assert {a.id: a.source for a in articles} == expected


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ({"source": "https://www.courrier.example/eco"}, "courrier.example"),
        ({"source": "www.Courrier.example"}, "courrier.example"),
        ({"source": "Le Courrier", "url": "https://gazette.example/1"}, "Le Courrier"),
        ({"url": "https://www.gazette.example:8080/1"}, "gazette.example"),
        ({"url": "/eco/1"}, "a"),
        ({"source": {"id": None, "name": "Le Courrier"}}, "Le Courrier"),
        ({"source": "n/a"}, "a"),
    ],
)
def test_the_source_of_a_record(tmp_path: Path, fields: dict[str, object], source: str) -> None:
    [article], _ = both(write(tmp_path / "a.jsonl", json.dumps({"text": "Elle ferme.", **fields})))
    assert article.source == source


def test_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    files = [write(tmp_path / story / "gazette.txt", TEXT + story) for story in ("fonderie", "scierie")]
    articles, _ = both(*files)
    assert [a.id for a in articles] == ["gazette", "scierie/gazette"]
    files.append(write(tmp_path / "fonderie" / "gazette.md", TEXT))
    articles, _ = both(files[0], files[2])
    assert [a.id for a in articles] == ["gazette", "fonderie/gazette"]


def test_the_same_file_twice_comes_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", TEXT)
    assert len(both(file, tmp_path, file)[0]) == 1
    deep = write(tmp_path / "b" / "c.txt", TEXT)
    assert [a.id for a in both(tmp_path, deep)[0]] == ["a", "b/c"]


# ---- many articles a file

ROWS = [
    {
        "id": "r1",
        "headline": "Un",
        "content": "Elle ferme à Bellac.",
        "published_at": "2025-03-03T08:00:00Z",
        "publisher": {"name": "Courrier"},
    },
    {
        "headline": "Deux",
        "content": "Elle rouvre.",
        "published_at": "03/04/2025",
        "publisher": "",
        "link": "https://www.gazette.example/2",
    },
    {"id": 3, "headline": None, "content": "Elle vend.", "published_at": None, "publisher": None},
]
EXPECTED = [
    ("r1", "Courrier", "Un", date(2025, 3, 3), "Elle ferme à Bellac."),
    ("rows#2", "gazette.example", "Deux", date(2025, 4, 3), "Elle rouvre."),
    ("3", "rows", None, None, "Elle vend."),
]


def fields(article: Article) -> tuple[str, str, str | None, date | None, str]:
    return article.id, article.source, article.title, article.published, article.text


def as_jsonl(path: Path) -> Path:
    return write(path / "rows.jsonl", "\n".join(json.dumps(row) for row in ROWS) + "\n")


def as_json(path: Path) -> Path:
    return write(path / "rows.json", json.dumps({"status": "ok", "articles": ROWS}))


def as_packed(path: Path) -> Path:
    return write(path / "rows.jsonl.gz", gzip.compress(as_jsonl(path).read_bytes()))


def as_csv(path: Path) -> Path:
    frame = _frame()
    frame["publisher"] = ["Courrier", None, None]
    frame.to_csv(path / "rows.csv", index=False, sep=";", encoding="utf-8-sig")
    return path / "rows.csv"


def as_parquet(path: Path) -> Path:
    frame = _frame()
    frame["publisher"] = ["Courrier", None, None]
    frame.to_parquet(path / "rows.parquet")
    return path / "rows.parquet"


def _frame():  # type: ignore[no-untyped-def]
    import pandas as pd

    return pd.DataFrame([{"id": "r1", "link": None, **ROWS[0]}, {"id": None, **ROWS[1]}, {**ROWS[2], "id": "3"}])


@pytest.mark.parametrize("form", [as_jsonl, as_json, as_packed, as_csv, as_parquet], ids=lambda f: f.__name__[3:])
def test_records_of_every_format_are_the_same_articles(tmp_path: Path, form: Callable[[Path], Path]) -> None:
    articles, rejected = both(form(tmp_path))
    assert [fields(a) for a in articles] == EXPECTED
    assert rejected == []


def test_dates_of_parquet(tmp_path: Path) -> None:
    import pandas as pd

    stamps = pd.to_datetime(["2025-03-03 08:00", None])
    pd.DataFrame({"id": [1, 2], "text": ["Elle ferme.", "Elle vend."], "date": stamps}).to_parquet(tmp_path / "a.parquet")
    pd.DataFrame({"id": [3], "text": ["Elle ferme."], "date": [date(2025, 3, 3)]}).to_parquet(tmp_path / "b.parquet")
    articles, _ = both(tmp_path)
    assert [(a.id, a.published) for a in articles] == [("1", date(2025, 3, 3)), ("2", None), ("3", date(2025, 3, 3))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_of_csv(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "texte", "auteur"], ["1", '"Elle ferme, dit-on ; soit\nou non | peut-être"', "Morel"]]
    file = write(tmp_path / "a.csv", "\r\n".join(delimiter.join(row) for row in rows).encode("cp1252"))
    [article], rejected = both(file)
    assert (article.text, article.author) == ("Elle ferme, dit-on ; soit\nou non | peut-être", "Morel")
    assert rejected == []


def test_a_long_text_of_csv(tmp_path: Path) -> None:
    text = "Elle ferme. " * 20_000
    [article], _ = both(write(tmp_path / "a.csv", f'id,text\n1,"{text}"\n'))
    assert article.text == text


def test_one_id_with_another_text_is_a_new_version(tmp_path: Path) -> None:
    records = [{"id": "a", "text": "Elle ferme."}, {"id": "a", "text": "Elle ferme."}, {"id": "a", "text": "Elle rouvre."}]
    file = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, records)))
    assert [(a.id, a.text) for a in both(file)[0]] == [("a", "Elle ferme."), ("a", "Elle rouvre.")]


def test_a_dateline_dates_a_record(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", json.dumps({"text": "La fonderie ferme\nPublié le 3 mars 2025\nElle fermait."}))
    [article], _ = both(file)
    assert article.published == date(2025, 3, 3)


def test_utf_16_lines(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", "\n".join(json.dumps(r, ensure_ascii=False) for r in ROWS).encode("utf-16"))
    assert len(both(file)[0]) == 3


def test_half_a_surrogate_pair_keeps_its_place(tmp_path: Path) -> None:
    [article], _ = both(write(tmp_path / "a.jsonl", '{"text": "Bravo \\ud83d Bellac"}'))
    assert article.text == "Bravo \ufffd Bellac"


# ---- standard input


@pytest.mark.parametrize(
    ("content", "ids", "texts"),
    [
        (TEXT.encode("cp1252"), ["stdin"], [TEXT]),
        (b'{"text": "Elle ferme."}\n{"id": "b", "text": "Elle vend."}\n', ["stdin#1", "b"], ["Elle ferme.", "Elle vend."]),
    ],
    ids=["text", "JSON Lines"],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, ids: list[str], texts: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    articles, rejected = both("-")
    assert ([a.id for a in articles], [a.text for a in articles], rejected) == (ids, texts, [])


# ---- bad input: one line, and the rest goes on

GOOD = '{"id": "good", "text": "Elle ferme."}'
BAD_LINES = [
    ("cut short", '{"id": "x", "text": "Elle', "line 1: is not valid JSON (Unterminated string starting at, column 21); "),
    ("no object", '["Elle ferme"]', "line 1: is no JSON object; write one JSON object a line"),
    ("no text", '{"id": "x", "title": "Elle"}', "line 1: has no text; name one of its columns text or content or body"),
    ("empty text", '{"id": "x", "text": "  "}', "line 1: has no text; give it one or leave it out"),
    ("text is a number", '{"id": "x", "text": 12}', "line 1: has no text; "),
    ("no such day", '{"text": "Elle", "date": "2025-02-30"}', "line 1: has an impossible date '2025-02-30'; write it"),
    ("no day", '{"text": "Elle", "date": "bientôt"}', "line 1: has an impossible date 'bientôt'; write it as YYYY-MM-DD"),
    ("NUL", '{"text": "Elle\\u0000 ferme"}', "line 1: holds NUL characters; remove them"),
    ("nested beyond reason", "[" * 100_000, "line 1: is not valid JSON"),
    ("a number beyond reason", '{"text": "a", "n": ' + "9" * 5_000 + "}", "line 1: is not valid JSON"),
    ("binary", b"\x80\x81\x00\x01\x02\x03\x04", "line 1: "),
]


@pytest.mark.parametrize(("line", "said"), [row[1:] for row in BAD_LINES], ids=[row[0] for row in BAD_LINES])
def test_a_bad_line_costs_itself(tmp_path: Path, line: str | bytes, said: str) -> None:
    content = (line.encode() if isinstance(line, str) else line) + b"\n" + GOOD.encode() + b"\n"
    if isinstance(line, bytes):
        content = GOOD.encode() + b"\n" + line + b"\n"
        said = said.replace("line 1", "line 2")
    articles, rejected = both(write(tmp_path / "a.jsonl", content))
    assert [a.id for a in articles] == ["good"]
    assert len(rejected) == 1
    assert said in rejected[0]


BAD_FILES: list[tuple[str, str, bytes, str]] = [
    ("empty", "a.txt", b"", "is empty; give it a text or leave it out"),
    ("white space", "a.txt", b" \n\n", "is empty; "),
    ("binary", "a.txt", bytes(range(256)) * 4, "is binary, not text; give a file of text"),
    ("image", "a.txt", b"\x89PNG\r\n\x1a\n\0\0", "is an image, not text; give its text instead"),
    ("PDF", "a.md", b"%PDF-1.7\n", "is a PDF, not text; save its text as .txt"),
    ("NUL", "a.txt", b"Elle ferme\0 Elle vend. " * 3, "holds NUL characters; remove them"),
    ("broken UTF-8", "a.txt", "Été à Bellac, où l'été s'achève.".encode()[:-2] + b"\xff.", "is UTF-8 broken at byte 37 (0xFF)"),
    ("cut UTF-8", "a.txt", "Été à Bellac, où l'été dure, é".encode()[:-1], "is UTF-8 broken at byte 35 (0xC3); save it again"),
    ("only front matter", "a.md", b"---\ntitle: Fonderie\n---\n", "has no text; give it one or leave it out"),
    ("front matter, no such day", "a.md", b"---\ndate: 2025-02-30\n---\nElle ferme.", "has an impossible date '2025-02-30'"),
    ("empty lines", "a.jsonl", b"\n\n", "is empty; give it records or leave it out"),
    ("no field of text", "a.jsonl", b'{"a": 1}\n{"a": 2}\n', "has no record with a field of text; name one of its"),
    ("no JSON", "a.json", b"{", "is not valid JSON; write a list of objects"),
    ("empty JSON", "a.json", b"[]", "is empty; "),
    ("no header", "a.csv", b"\n\n", "is empty; give it a header and rows"),
    ("no column of text", "a.csv", b"id,titre\n1,Elle\n2,Lui\n", "has no column of text among id, titre; name one of"),
    ("broken header", "a.csv", b'id,"text\n1,Elle', "has a broken header"),
    ("no rows", "a.csv", b"id,text\n", "has no rows; give it rows or leave it out"),
    ("cut Parquet", "a.parquet", b"PAR1\x15\x04\x15", "is no whole Parquet table ("),
    ("empty Parquet", "a.parquet", b"", "is no whole Parquet table ("),
    ("cut gzip", "a.txt.gz", gzip.compress(TEXT.encode() * 50)[:-20], "ends too early; fetch it whole"),
    ("damaged gzip", "a.txt.gz", gzip.compress(b"")[:10] + b"\xff" * 60, "is packed, and damaged; fetch it whole"),
    ("no gzip", "a.txt.gz", TEXT.encode(), "cannot be read (Not a gzipped file"),
]


@pytest.mark.parametrize(("name", "content", "said"), [row[1:] for row in BAD_FILES], ids=[row[0] for row in BAD_FILES])
def test_a_bad_file_costs_itself(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    write(tmp_path / "z.txt", TEXT)
    bad = write(tmp_path / name, content)
    articles, rejected = both(tmp_path)
    assert [a.id for a in articles] == ["z"]
    assert len(rejected) == 1
    assert rejected[0].startswith(f"{bad}")
    assert said in rejected[0]
    with pytest.raises(ReadingError, match="a\\."):
        list(read(bad))


BAD_ROWS = [
    ("a column too many", "1,Elle ferme,trop\n", "row 1: has 3 columns, the header 2; quote what holds the separator"),
    ("a column short", "1\n", "row 1: has 1 columns, the header 2; "),
    ("a stray quote", '1,"Elle" ferme\n', "row 1: is not valid CSV ("),
    ("no text", "1,\n", "row 1: has no text; give it one or leave it out"),
]


@pytest.mark.parametrize(("row", "said"), [row[1:] for row in BAD_ROWS], ids=[row[0] for row in BAD_ROWS])
def test_a_bad_row_costs_itself(tmp_path: Path, row: str, said: str) -> None:
    articles, rejected = both(write(tmp_path / "a.csv", f"id,text\n{row}good,Elle vend.\n"))
    assert [a.id for a in articles] == ["good"]
    assert len(rejected) == 1
    assert said in rejected[0]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("absent.txt", "absent.txt: does not exist; check the path"),
        ("https://courrier.example/a", "is an address, not a file; save the page and give its file"),
    ],
)
def test_a_source_that_is_none(source: str, said: str) -> None:
    articles, rejected = both(source)
    assert articles == []
    assert said in rejected[0]
    with pytest.raises(ReadingError, match="; "):
        list(read(source))


def test_an_unknown_format_is_rejected_where_it_is_named(tmp_path: Path) -> None:
    [said] = both(write(tmp_path / "a.docx", b"PK"))[1]
    assert "a.docx: is in no format that is read; save it as one of" in said
    assert all(suffix in said for suffix in READERS)


def test_a_line_too_long_is_passed_over_and_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (origins_module, lines_module):
        monkeypatch.setattr(module, "LONGEST", 100_000)
    long = json.dumps({"text": "a" * 300_000})
    articles, rejected = both(write(tmp_path / "a.jsonl", f"{GOOD}\n{long}\n{GOOD.replace('good', 'after')}\n"))
    assert [a.id for a in articles] == ["good", "after"]
    assert len(rejected) == 1
    assert "line 2: is longer than" in rejected[0]
    rejected = both(write(tmp_path / "b.txt", "a" * 200_000))[1]
    assert "b.txt: is larger than" in rejected[0]


def test_a_folder_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "a.txt", TEXT)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(file), "open", refuse)
    assert "a.txt: may not be opened; grant the right to read it" in both(file)[1][0]


def test_reading_is_lazy(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "a.txt", TEXT), tmp_path / "absent.txt"
    articles = read([good, bad])
    assert next(articles).id == "a"
    with pytest.raises(ReadingError, match="does not exist"):
        next(articles)


def test_a_moment_is_a_day(tmp_path: Path) -> None:
    from pipeline.reading.drafts import moment

    assert moment(datetime(2025, 3, 3, 23, 59)) == moment("2025-03-03T23:59:00-05:00") == date(2025, 3, 3)
    assert moment(None) is moment("") is moment("n/a") is moment(float("nan")) is None
