"""Interviews: which passages of an article are somebody's answers, by its lines and by who is addressed.

An interview is known by questions that address ("vous", "Sie", "you") and answers in the first person, by a line that says
so ("Propos recueillis par"), or by a heading that names whom it questions. Questions that only part an article
("Combien de victimes y a-t-il ?") make none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.records import Entity
from pipeline.syntax import words

QUESTIONS = 2  # fewer make no interview
LONGEST = 320  # characters of a question
MARKS = '*_#-–—•· \t«»"“”'  # what may stand around a question


class Answer(NamedTuple):
    """A stretch of an article that is one person's answer."""

    start: int
    end: int
    speaker: str


class _Line(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def heading(self) -> bool:
        return self.text.startswith("#")

    @property
    def bold(self) -> bool:
        return len(self.text) > 4 and self.text.startswith("**") and self.text.endswith("**") and "**" not in self.text[2:-2]

    @property
    def set_apart(self) -> bool:
        """Whether all of a line is in bold or in italics."""
        return self.bold or _aside(self)

    @property
    def question(self) -> bool:
        return len(self.text) <= LONGEST and (self.bold or self.text.rstrip(MARKS).endswith(("?", "…", "...")))

    @property
    def asks(self) -> bool:
        return self.text.rstrip(MARKS).endswith("?")


def answers(text: str, title: str | None, entities: Sequence[Entity], language: str) -> tuple[Answer, ...]:
    """The answers of an article's interviews, in order; none where it holds no interview."""
    out: list[Answer] = []
    for section in _sections(list(_lines(text))):
        turns = list(_turns(section))
        person = _interviewee(section, turns, title, entities, language) if turns else None
        if person is not None:
            out += [Answer(a[0].start, a[-1].end, person) for _, a in _ended(turns, language)]
    return tuple(out)


def _ended(turns: list[tuple[_Line, list[_Line]]], language: str) -> Iterator[tuple[_Line, list[_Line]]]:
    """The turns, the last without the article that goes on behind it.

    Where nobody speaks any more ("je", "nous"), an answer has no more paragraphs than the longest before.
    """
    longest = max((len(a) for _, a in turns[:-1]), default=0)
    for i, (question, answer) in enumerate(turns):
        last = i == len(turns) - 1 and not any(_said([line], language, "self") for line in answer[longest:])
        yield question, answer[: longest or None] if last else answer


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped[0])
            yield _Line(start, start + len(stripped), stripped)
        at += len(line) + 1


def _sections(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Lines from one heading that asks nothing to the next."""
    section: list[_Line] = []
    for line in lines:
        if line.heading and not line.asks:
            yield section
            section = []
        section.append(line)
    yield section


def _turns(section: list[_Line]) -> Iterator[tuple[_Line, list[_Line]]]:
    """Questions with the lines of their answers; a line in italics behind them is the editors' own."""
    question: _Line | None = None
    answer: list[_Line] = []
    for line in section:
        if line.question and not (answer and not _asked(line, question)):
            if question is not None and answer:
                yield question, answer
            question, answer = line, []
        elif question is not None and not _aside(line):
            answer.append(line)
    if question is not None and answer:
        yield question, answer


def _asked(line: _Line, last: _Line | None) -> bool:
    """Whether a line asks in the way of the question before it: an answer may end in a question mark."""
    if last is None:
        return True
    return line.bold == last.bold and line.heading == last.heading and line.text[0].isalnum() == last.text[0].isalnum()


def _aside(line: _Line) -> bool:
    return line.text.startswith(("*", "_")) and line.text.endswith(("*", "_"))


def _said(lines: Sequence[_Line], language: str, key: str) -> bool:
    """Whether one of the words of a list stands in the lines, outside quotation marks."""
    found = words(language, "interview", key)
    return any(f" {w} " in f" {_spaced(line.text)} " for line in lines for w in found)


def _spaced(text: str) -> str:
    """Text in lower case with a space around every word, quotations left out."""
    quoted, out = 0, []
    for c in text.casefold().replace("’", "'"):
        quoted += (c in "«“") - (c in "»”")
        out.append(" " if quoted > 0 else f"{c} " if c == "'" else c if c.isalnum() else " ")
    return " ".join("".join(out).split()).replace(" '", "'")


def _interviewee(
    section: list[_Line],
    turns: list[tuple[_Line, list[_Line]]],
    title: str | None,
    entities: Sequence[Entity],
    language: str,
) -> str | None:
    """Whom a section questions, None where it is no interview."""
    questions, replies = [q for q, _ in turns], [line for _, a in turns for line in a]
    if len(turns) < QUESTIONS:
        return None
    lead = [line for line in section if line.end <= questions[0].start]
    headings = [line for line in lead if line.heading]
    quoted = next((n for line in headings if (n := _quoted(line.text))), None)
    named = quoted or _person(headings, entities) or _quoted(title or "")
    told = _said([*lead, *section[-1:]], language, "cues")
    told = told or (quoted is not None and all(q.set_apart and q.asks for q in questions))
    addressed = _said(questions, language, "addressed")
    if not told and not (addressed and (named or _said(replies, language, "self"))):
        return None
    return named or _titled(title, entities) or _person(lead, entities)


def _quoted(heading: str) -> str | None:
    """Whose words a heading gives: "Jeanne Morvan, maire : « Nous tiendrons »"."""
    lead, colon, rest = heading.strip(MARKS).partition(":")
    if not colon or rest.strip()[:1] not in tuple('«"“„'):
        return None
    name = lead.split(",")[0].split("(")[0].strip()
    given = name.split()
    return name if 2 <= len(given) <= 5 and given[0][:1].isupper() and given[-1][:1].isupper() and name[-1].isalpha() else None


def _person(lines: Sequence[_Line], entities: Sequence[Entity]) -> str | None:
    """The person named first in some lines."""
    found = [(s, e.name) for e in entities if e.type == "PER" for s, _ in e.spans if any(ln.start <= s < ln.end for ln in lines)]
    return min(found)[1] if found else None


def _titled(title: str | None, entities: Sequence[Entity]) -> str | None:
    """The person whom the title names."""
    return next((e.name for e in entities if e.type == "PER" and title and e.name in title), None)
