"""Many articles a file: JSON Lines, JSON, CSV and Parquet, one a record or row, read in bounded memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.reading.decoding import Undecodable, decode
from pipeline.reading.drafts import FIELDS, Draft, draft, fields_of
from pipeline.reading.lines import lines
from pipeline.reading.origins import LONGEST, Origin
from pipeline.records import Rejection

_COLUMN = f"name one of its columns {' or '.join(FIELDS['text'][:3])}"
_DELIMITERS = ",;\t|"
_BATCH = 256
_PATIENCE = 1_000  # records without a text before the file is taken to have none


def jsonl(origin: Origin) -> Iterator[Draft | Rejection]:
    """The records of JSON Lines; a broken line is rejected alone. Blank lines count but say nothing."""
    yield from _with_text(origin, _json_lines(origin))


def _json_lines(origin: Origin) -> Iterator[Draft | Rejection]:
    with origin.open() as stream:
        for number, line in enumerate(lines(stream), 1):
            place = f"line {number}"
            if isinstance(line, Undecodable):
                yield origin.rejected(line.reason, line.remedy, place)
            elif line.strip():
                yield _json_record(origin, line, place, number)


def _json_record(origin: Origin, line: str, place: str, number: int) -> Draft | Rejection:
    try:
        record = json.loads(line.strip())
    except (ValueError, RecursionError) as error:
        where = f" ({error.msg}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        return origin.rejected(f"is not valid JSON{where}", "write one complete JSON object a line", place)
    if not isinstance(record, dict):
        return origin.rejected("is no JSON object", "write one JSON object a line, with its fields by name", place)
    return draft(record, place, number)


def whole_json(origin: Origin) -> Iterator[Draft | Rejection]:
    """The records of a JSON file: a list of objects, one object, or an object that holds such a list ("articles")."""
    data = origin.read()
    if data is None:
        yield origin.rejected(f"is larger than {LONGEST // 2**20} MiB", "write it as JSON Lines, one record a line (.jsonl)")
        return
    try:
        found = json.loads(decode(data))
    except Undecodable as error:
        yield origin.rejected(error.reason, error.remedy)
        return
    except (ValueError, RecursionError):
        yield origin.rejected("is not valid JSON", "write a list of objects, or one record a line in a .jsonl file")
        return
    yield from _with_text(origin, _json_items(origin, found))


def _json_items(origin: Origin, found: Any) -> Iterator[Draft | Rejection]:
    if isinstance(found, dict) and "text" not in fields_of(found):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else found
    if isinstance(found, dict):
        yield draft(found, None, None)
        return
    for number, record in enumerate(found if isinstance(found, list) else [found], 1):
        place = f"element {number}"
        if isinstance(record, dict):
            yield draft(record, place, number)
        else:
            yield origin.rejected("is no JSON object", "write each article as an object with its fields by name", place)


def _with_text(origin: Origin, found: Iterable[Draft | Rejection]) -> Iterator[Draft | Rejection]:
    """`found`, but one rejection of the whole file where no record has a field of text."""
    waiting: list[str | None] = []
    text = seen = False
    for item in found:
        seen = True
        if text or isinstance(item, Rejection):
            yield item
        elif item.text is not None:
            text = True
            yield from (origin.rejected("has no text", _COLUMN, place) for place in waiting)
            yield item
        else:
            waiting.append(item.record)
            if len(waiting) == _PATIENCE:
                break
    if waiting and not text:
        yield origin.rejected("has no record with a field of text", _COLUMN)
    elif not seen:
        yield origin.rejected("is empty", "give it records or leave it out")


def delimited(origin: Origin) -> Iterator[Draft | Rejection]:
    """The rows of a CSV file with a header; comma, semicolon, tab or bar between its columns."""
    csv.field_size_limit(LONGEST)
    with origin.open() as stream:
        broken: list[Undecodable] = []
        source = _text_lines(lines(stream), broken)
        header = next((line for line in source if line.strip()), None)
        if header is None:
            yield origin.rejected(*_why(broken, "is empty", "give it a header and rows"))
            return
        delimiter = max(_DELIMITERS, key=lambda d: (header.count(d), -_DELIMITERS.index(d)))
        try:
            names = next(csv.reader([header], delimiter=delimiter, strict=True))
        except csv.Error as error:
            yield origin.rejected(f"has a broken header ({error})", "write the column names in one line")
            return
        if "text" not in fields_of(names):
            yield origin.rejected(f"has no column of text among {', '.join(names)[:200]}", _COLUMN)
            return
        yield from _rows(origin, csv.reader(source, delimiter=delimiter, strict=True), names, broken)


def _why(broken: list[Undecodable], reason: str, remedy: str) -> tuple[str, str]:
    return (broken[0].reason, broken[0].remedy) if broken else (reason, remedy)


def _text_lines(found: Iterable[str | Undecodable], broken: list[Undecodable]) -> Iterator[str]:
    """The lines that are text; the others go to `broken`, and leave an empty line to be counted."""
    for line in found:
        if isinstance(line, Undecodable):
            broken.append(line)
            yield "\n"
        else:
            yield line


def _rows(origin: Origin, reader: Any, names: list[str], broken: list[Undecodable]) -> Iterator[Draft | Rejection]:
    number = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            number += 1
            yield origin.rejected(f"is not valid CSV ({error})", "close its quotes, and double those inside", f"row {number}")
            continue
        while broken:
            number += 1
            fault = broken.pop(0)
            yield origin.rejected(fault.reason, fault.remedy, f"row {number}")
        if not row:
            continue
        number += 1
        place = f"row {number}"
        if len(row) != len(names):
            yield origin.rejected(f"has {len(row)} columns, the header {len(names)}", "quote what holds the separator", place)
        else:
            yield draft(dict(zip(names, row, strict=True)), place, number)
    if not number:
        yield origin.rejected("has no rows", "give it rows or leave it out")


def parquet(origin: Origin) -> Iterator[Draft | Rejection]:
    """The rows of a Parquet file, a batch at a time; of its columns only those that an article has."""
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(origin.path) as file:
            yield from _parquet_rows(origin, file)
    except (pyarrow.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        yield origin.rejected(f"is no whole Parquet table ({reason})", "write it again, or fetch it whole")


def _parquet_rows(origin: Origin, file: Any) -> Iterator[Draft | Rejection]:
    names = file.schema_arrow.names
    if "text" not in fields_of(names):
        yield origin.rejected(f"has no column of text among {', '.join(names)[:200]}", _COLUMN)
        return
    number = 0
    for batch in file.iter_batches(batch_size=_BATCH, columns=_wanted(names)):
        for row in batch.to_pylist():
            number += 1
            yield draft(row, f"row {number}", number)
    if not number:
        yield origin.rejected("has no rows", "give it rows or leave it out")


def _wanted(names: list[str]) -> list[str]:
    """The columns that give some field of an article, under whatever synonym."""
    return [name for name in names if fields_of([name])]
