"""Web pages, feeds and web archives to articles."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from pipeline.reading import read
from pipeline.reading.web import text_of
from pipeline.records import Article, Rejection

PARAGRAPHS = [
    "La fonderie de Bellac, qui employait 200\u00a0personnes, ferme à la fin du mois, a annoncé lundi sa direction. Le groupe"
    " Verex l'avait achetée en 2016 pour 12,5\u00a0millions d'euros.",
    "« C'est une perte de 3\u00a0% des emplois du canton », a dit le maire. Les salariés, dont 30 apprentis, l'ont appris par un"
    " courriel de la direction, reçu dans la nuit.",
]
PAGE = """<!DOCTYPE html><html lang="fr"><head><meta charset="{charset}">
<title>La fonderie ferme | Le Courrier</title>
<meta property="og:title" content="La fonderie de Bellac ferme"><meta name="author" content="Jeanne Morel">
<meta property="og:site_name" content="Le Courrier"><meta property="article:published_time" content="2025-03-03T00:30:00+01:00">
<link rel="canonical" href="https://www.courrier.example/eco/fonderie"><script>var price = "900 euros";</script></head>
<body><nav><a href="/">Accueil</a> <a href="/eco">Économie</a></nav><article><h1>La fonderie de Bellac ferme</h1>
<p>{0}</p><p>{1}</p></article><footer>Mentions légales</footer></body></html>"""


def both(source: Path) -> tuple[list[Article], list[str]]:
    rejected: list[Rejection] = []
    return list(read(source, reject=rejected.append)), [str(r) for r in rejected]


def page(charset: str = "utf-8") -> bytes:
    return PAGE.format(*PARAGRAPHS, charset=charset).encode(charset)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_a_page(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.html").write_bytes(page(charset))
    [article], rejected = both(tmp_path / "a.html")
    assert (article.id, article.source, article.title) == ("a", "Le Courrier", "La fonderie de Bellac ferme")
    assert (article.author, article.published) == ("Jeanne Morel", date(2025, 3, 3))
    assert article.url == "https://www.courrier.example/eco/fonderie"
    lines = article.text.replace("\u00a0", " ").split("\n")
    assert [p.replace("\u00a0", " ") for p in PARAGRAPHS] == lines[-2:]
    assert not any(word in article.text for word in ("900 euros", "Accueil", "Mentions"))
    assert rejected == []


def test_a_short_page_keeps_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text("<html><head><title>Fonderie</title></head><body><p>Elle ferme.</p></body></html>")
    [article], _ = both(tmp_path / "a.htm")
    assert article.text.endswith("Elle ferme.")
    assert article.source == "a"


RSS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Le Courrier</title><link>https://www.courrier.example/</link><language>fr-FR</language>
<item><guid isPermaLink="false">c-1</guid><title>La fonderie &amp; la ville</title><link>https://www.courrier.example/1</link>
<pubDate>Mon, 03 Mar 2025 00:30:00 +0100</pubDate><description>Un résumé.</description>
<content:encoded><![CDATA[<p>Elle employait 200 personnes.</p><p>Elle <b>ferme</b> à l'été.</p>]]></content:encoded></item>
<item><title>Deux</title><link>https://www.courrier.example/2</link>
<description>&lt;p&gt;Elle rouvre.&lt;/p&gt;</description></item>
<item><title>Trois</title><link>https://www.courrier.example/3</link></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>La Gazette</title>
<entry><id>urn:g:1</id><title>La fonderie ferme</title>
<link href="https://gazette.example/1"/><author><name>Ali Roux</name></author>
<published>2025-03-03T23:30:00-05:00</published><updated>2025-03-05T00:00:00Z</updated>
<content type="html">&lt;p&gt;Elle employait 200 personnes.&lt;/p&gt;</content></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(RSS.encode("iso-8859-1"))
    (first, second), rejected = both(tmp_path / "a.rss")
    assert first == Article(
        id="c-1",
        source="courrier.example",
        url="https://www.courrier.example/1",
        title="La fonderie & la ville",
        language="fr",
        published=date(2025, 3, 3),
        text="Elle employait 200 personnes.\nElle ferme à l'été.",
    )
    assert (second.id, second.text, second.published) == ("https://www.courrier.example/2", "Elle rouvre.", None)
    assert rejected == [f"{tmp_path / 'a.rss'}, element 3: has no text; give it one or leave it out"]


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(ATOM, "utf-8")
    [article], rejected = both(tmp_path / "a.xml")
    assert (article.id, article.source, article.author) == ("urn:g:1", "gazette.example", "Ali Roux")
    assert article.published == date(2025, 3, 3)
    assert rejected == []


@pytest.mark.parametrize("content", ["<a><b>Elle ferme.</b></a>", "Elle ferme.", "", "<rss><channel></channel></rss>"])
def test_xml_that_is_no_feed(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.xml").write_text(content)
    articles, [said] = both(tmp_path / "a.xml")
    assert articles == []
    assert "holds no entries of a feed; give RSS or Atom" in said


ANSWERS = [
    ("https://www.courrier.example/1", "200 OK", "text/html; charset=utf-8", page()),
    ("https://www.courrier.example/logo.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://www.courrier.example/perdu", "404 Not Found", "text/html", b"<p>Perdu</p>"),
    ("https://www.courrier.example/2", "200 OK", "text/html", b"<html><body></body></html>"),
]


def record(url: str, status: str, kind: str, body: bytes) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-09T00:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:0-{len(url)}>\r\nContent-Type: application/http; msgtype=response\r\n"
    return (head + f"Content-Length: {len(answer)}\r\n\r\n").encode() + answer + b"\r\n\r\n"


def archive(packed: bool) -> bytes:
    records = [record(*answer) for answer in ANSWERS]
    return b"".join(map(gzip.compress, records) if packed else records)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_web_archive(tmp_path: Path, packed: bool) -> None:
    file = tmp_path / ("a.warc.gz" if packed else "a.warc")
    file.write_bytes(archive(packed))
    [article], [said] = both(file)
    assert (article.id, article.url) == ("https://www.courrier.example/1",) * 2
    assert (article.source, article.published) == ("Le Courrier", date(2025, 3, 3))
    assert said == f"{file}, element 2: has no text; give it one or leave it out"


@pytest.mark.parametrize("content", [b"", b"Elle ferme.", gzip.compress(b"Elle ferme.", mtime=0), b"WARC/1.0\r\n\r\n"])
def test_what_is_no_web_archive(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / ("a.warc.gz" if content.startswith(b"\x1f") else "a.warc")
    file.write_bytes(content)
    articles, [said] = both(file)
    assert articles == []
    assert str(file) in said


def test_a_cut_web_archive_gives_what_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    file.write_bytes(record(*ANSWERS[0]) + record(*ANSWERS[0])[:-100])
    articles, [said] = both(file)
    assert [a.id for a in articles] == ["https://www.courrier.example/1"]
    assert "element 2: ends too early; fetch it again" in said


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Elle <b>fer</b>me.", "Elle ferme."),
        ("<p>Elle ferme.</p><p>Il\n part.</p>", "Elle ferme.\nIl part."),
        ("Un<br/>deux<script>trois()</script>", "Un\ndeux"),
        ("200&nbsp;&euro; &lt;b&gt;", "200\u00a0€ <b>"),
        ("<script>jamais clos", ""),
        ("</p></div>Elle", "Elle"),
    ],
)
def test_text_of_markup(markup: str, text: str) -> None:
    assert text_of(markup) == text
