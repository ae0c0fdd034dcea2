"""The command line. Data goes to stdout, talk to stderr; a command is ten lines around one function."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pipeline.errors import ReadingError, RecoupeError, TableError
from pipeline.lexicon import LANGUAGES
from pipeline.records import Rejection
from pipeline.terminal import progress, say, show, speak_utf8, write
from pipeline.wording import UIS

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.comparison import Comparison
    from pipeline.run import Summary

_USAGE: type[Exception] = typer.BadParameter.__mro__[2]  # click's ClickException, which typer does not export

EPILOG = (
    "Exit codes: 0 done, also where some inputs were set aside (each is one line on stderr; `run` lists them in"
    " rejected.jsonl; --strict makes that a 1); 1 failed, or nothing could be read; 2 misused; 130 interrupted."
)
INTERRUPTED = 130
SHOWN = ("table", "jsonl", "csv")  # on stdout
WRITTEN = ("parquet", "csv", "jsonl")  # in a folder
FORMATS = ("table", "jsonl", "csv", "parquet")
_FORMATS_HELP = (
    "Some of table, jsonl, csv, parquet, joined by commas: the first of table, jsonl and csv is for stdout; DIR gets"
    " Parquet always, CSV and JSON Lines if named."
)
MENTION = (
    "start", "end", "quote", "language", "kind", "value", "lower", "upper", "quantum", "unit", "per", "approximation", "time",
    "time_start", "time_end",
)  # fmt: skip
UNSHOWN = ("language", "quantum", "time_start", "time_end")  # on a terminal

# Columns of the tables as a terminal shows them; jsonl and csv have all.
COLUMNS = {
    "claims": ("article_id", "subject", "metric", "quote", "value", "unit", "time", "attribution", "modality", "confidence"),
    "facts": (
        "subject",
        "metric",
        "unit",
        "time",
        "claims",
        "sources",
        "consensus",
        "most_precise",
        "relation",
        "first_source",
        "values",
    ),
    "discrepancies": ("severity", "relation", "quote_a/source_a", "quote_b/source_b", "explanation"),
}

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


# Options: how each is checked and shown.


def _one_of(allowed: Sequence[str]) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.lower() not in allowed:
            raise typer.BadParameter(f"{value!r} is not one of {', '.join(allowed)}")
        return value.lower()

    return parse


def _some_of(allowed: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    def parse(value: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(_one_of(allowed), value.replace(" ", "").split(","))))

    return parse


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a date; write it as YYYY-MM-DD") from None


def _there(value: str) -> Path:
    if "://" in value:
        raise typer.BadParameter(f"{value}: an address, no file; save the page and give its file")
    if value != "-" and not (value and Path(value).exists()):
        raise typer.BadParameter(f"{value}: no such file or folder; check the path")
    return Path(value)


def _table(value: str) -> Path:
    if not Path(value).is_file():
        raise typer.BadParameter(f"{value}: no such file; give the file eurofxref-hist.csv of the European Central Bank")
    return Path(value)


def _folder(value: str) -> Path:
    """A folder that can be written, made where missing."""
    folder = Path(value)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise typer.BadParameter(f"{value}: cannot be written ({error.strerror}); choose another folder") from None


def _store(value: str) -> Path:
    """A file that is or can be made."""
    path = Path(value)
    if path.is_dir() or not path.parent.is_dir():
        raise typer.BadParameter(f"{value}: no file in a folder that there is; give one such as press.duckdb")
    return path


def _choice(names: Sequence[str], explained: str, flag: str) -> Any:
    return typer.Option(flag, metavar="|".join(names), parser=_one_of(names), help=explained)


Sources = Annotated[
    list[Path], typer.Argument(metavar="SOURCE", parser=_there, help="Files or folders of articles; - is standard input.")
]
Tables = Annotated[
    list[Path],
    typer.Argument(metavar="CLAIMS", parser=_there, help="Tables of claims, or folders of a run; - is standard input."),
]
Form = Annotated[str, _choice(SHOWN, "What stdout gets.", "--format")]
Language = Annotated[
    str | None, _choice(LANGUAGES, "Language of articles that do not say theirs; detected if not given.", "--language")
]
Published = Annotated[
    date | None,
    typer.Option(metavar="DATE", parser=_day, help="Day of publication, YYYY-MM-DD, of articles that do not say theirs."),
]
Workers = Annotated[int | None, typer.Option(metavar="N", min=1, help="Processes; as many as pay off if not given.")]
Store = Annotated[
    Path | None, typer.Option(metavar="FILE", parser=_store, help="DuckDB file that keeps all; only what is new to it is read.")
]
Ui = Annotated[str, _choice(UIS, "Language of explanations and report.", "--ui")]
Confidence = Annotated[
    float, typer.Option(metavar="X", min=0.0, max=1.0, help="Leave out claims of a lower confidence, 0 to 1.", show_default=False)
]
Exchange = Annotated[
    Path | None,
    typer.Option(
        "--rates", metavar="FILE", parser=_table, help="The ECB's eurofxref-hist.csv: amounts in two currencies are compared."
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if any input was set aside.")]


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"recoupe {version('recoupe')}")
        raise typer.Exit


@app.callback(epilog=EPILOG, invoke_without_command=True)
def recoupe(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the code an error came from.")] = False,
) -> None:
    """Which figures and dates do the sources disagree on, and why?"""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)


# Commands.


@app.command(epilog=EPILOG)
def run(
    sources: Sources,
    out: Annotated[Path, typer.Option(metavar="DIR", parser=_folder, help="Folder for tables, report.html and rejected.jsonl.")],
    language: Language = None,
    published: Published = None,
    workers: Workers = None,
    store: Store = None,
    formats: Annotated[Any, typer.Option("--format", metavar="LIST", parser=_some_of(FORMATS), help=_FORMATS_HELP)] = "table",
    ui: Ui = "fr",
    min_confidence: Confidence = 0.0,
    rates: Exchange = None,
    strict: Strict = False,
) -> int:
    """Cross-check articles: print where they disagree.

    Tables of claims, facts and discrepancies, report.html and rejected.jsonl go into DIR.
    """
    from pipeline import run as path

    written = [name for name in formats if name in WRITTEN]
    shown = next((name for name in formats if name in SHOWN), "table")
    with progress() as step:
        summary = path.run(
            sources, out, language=language, published=published, workers=workers, store=store, formats=written, ui=ui,
            min_confidence=min_confidence, rates=rates, reject=_tell, progress=step,
        )  # fmt: skip
    show(summary.comparison.discrepancies, shown, COLUMNS["discrepancies"])
    _conclude(summary, out)
    return _code(summary.accepted, summary.rejections, strict)


@app.command(epilog=EPILOG)
def claims(
    sources: Sources,
    language: Language = None,
    published: Published = None,
    workers: Workers = None,
    form: Form = "table",
    min_confidence: Confidence = 0.0,
    strict: Strict = False,
) -> int:
    """Print what articles claim.

    A row is a figure or the date of an event, with its subject, metric, time and who says it.
    """
    from pipeline.reading import read
    from pipeline.run import extract

    unread: list[Rejection] = []
    refused: list[Rejection] = []
    with progress() as step:
        step("reading", 0, None)
        articles = list(read(sources, reject=unread.append, published=published))
        found = extract(
            articles, language=language, workers=workers, min_confidence=min_confidence, reject=refused.append, progress=step
        )
    for rejection in (rejected := unread + refused):
        _tell(rejection)
    show(found, form, COLUMNS["claims"])
    return _code(len(articles) - len(refused), rejected, strict)


@app.command(epilog=EPILOG)
def compare(
    tables: Tables, form: Form = "table", ui: Ui = "fr", min_confidence: Confidence = 0.0, rates: Exchange = None
) -> None:
    """Print the discrepancies among claims, worst first."""
    show(_compared(tables, ui, min_confidence, rates).discrepancies, form, COLUMNS["discrepancies"])


@app.command(epilog=EPILOG)
def facts(tables: Tables, form: Form = "table", min_confidence: Confidence = 0.0, rates: Exchange = None) -> None:
    """Print the facts that claims speak of.

    With each come the claims and sources that give it, the consensus (the figure that most sources give), the most
    precise figure, who published it first, and each value with its sources.
    """
    show(_compared(tables, "fr", min_confidence, rates).facts, form, COLUMNS["facts"])


@app.command(epilog=EPILOG)
def explain(
    discrepancy: Annotated[
        str, typer.Argument(metavar="DISCREPANCY_ID", help="A discrepancy_id of the tables, or as much of it as tells it apart.")
    ],
    tables: Tables,
    ui: Ui = "fr",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON record instead of lines to read.")] = False,
    min_confidence: Confidence = 0.0,
    rates: Exchange = None,
) -> None:
    """Say why a discrepancy was told.

    Both sentences, the bars that the two claims passed, each feature with its value, weight and contribution, and the
    relation. Give the options of the run that told it.
    """
    from pipeline.comparison import reasons

    found = reasons(_sure(tables, min_confidence), discrepancy, ui=ui, rates=rates)
    write(json.dumps(found.record(), ensure_ascii=False, indent=2) if as_json else found.text(ui))


@app.command(epilog=EPILOG)
def mentions(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The text itself; - is standard input.")],
    language: Annotated[str | None, _choice(LANGUAGES, "Language of the text; detected if not given.", "--language")] = None,
    published: Annotated[date | None, typer.Option(metavar="DATE", parser=_day, help="Day that resolves relative dates.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say how each value came about.")] = False,
    form: Form = "table",
) -> None:
    """Print the figures and dates in a text."""
    import pandas as pd

    import pipeline

    columns = (*MENTION, "rule") if explain else MENTION
    found = pipeline.mentions(_text(text), language=language, published=published)
    rows = [[getattr(mention, name) for name in MENTION] + ["; ".join(mention.rule)] * explain for mention in found]
    show(pd.DataFrame(rows, columns=list(columns)), form, [name for name in columns if name not in UNSHOWN])


# What the commands share.


def _tell(rejection: Rejection) -> None:
    say(f"set aside: {rejection}")


def _code(accepted: int, rejected: Sequence[Rejection], strict: bool) -> int:
    if not accepted:
        say("recoupe: no article could be read; give files or folders of articles in " + ", ".join(LANGUAGES))
    return 1 if not accepted or (strict and rejected) else 0


def _conclude(summary: Summary, out: Path) -> None:
    """What was found and where it lies."""
    tables = summary.comparison
    severities = tables.discrepancies["severity"].value_counts()
    of_them = ", ".join(f"{severities[name]} {name}" for name in ("major", "minor", "info") if name in severities)
    new = f"{summary.extracted} read now" + (f", {summary.replaced} in place of another version" if summary.replaced else "")
    say(
        f"{_count(summary.articles, 'article')} ({new}), {_count(len(tables.claims), 'claim')},"
        f" {_count(len(tables.facts), 'fact')}, {_count(len(tables.discrepancies), 'discrepancy', 'discrepancies')}"
        f"{f' ({of_them})' if of_them else ''}"
    )
    if summary.rejections:
        say(f"{_count(len(summary.rejections), 'input')} set aside: {out / 'rejected.jsonl'}")
    say(f"report: {summary.report}")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _compared(tables: Sequence[Path], ui: str, min_confidence: float, rates: Path | None) -> Comparison:
    from pipeline.comparison import compare
    from pipeline.run import spread

    sure = _sure(tables, min_confidence)
    with spread(len(sure)) as each:
        return compare(sure, ui=ui, rates=rates, spread=each)


def _sure(tables: Sequence[Path], min_confidence: float) -> pd.DataFrame:
    import pandas as pd

    claims = pd.concat([_checked(table) for table in tables], ignore_index=True)
    return claims[claims["confidence"] >= min_confidence].reset_index(drop=True)


def _checked(path: Path) -> pd.DataFrame:
    from pipeline.tables import check_claims

    found = _claims_in(path)
    try:
        return check_claims(found).drop(columns="fact_id")  # of another comparison
    except TableError as error:
        raise TableError(f"{path}: no table of claims ({error})") from None


def _claims_in(path: Path) -> pd.DataFrame:
    """The table of claims at `path`, in the folder of a run or on standard input."""
    from pipeline.tables import WRITERS, read_table

    if path.is_dir():
        found = [file for name in WRITERS if (file := path / f"claims.{name}").exists()]
        if not found:
            raise TableError(f"{path}: no claims.parquet, claims.csv or claims.jsonl in this folder; give the folder of a run")
        return read_table(found[0])
    if path != Path("-"):
        return read_table(path)
    data = sys.stdin.buffer.read()
    suffix = ".parquet" if data.startswith(b"PAR1") else ".jsonl" if data.lstrip()[:1] == b"{" else ".csv"
    with tempfile.TemporaryDirectory() as folder:
        piped = Path(folder) / f"claims{suffix}"
        piped.write_bytes(data)
        return read_table(piped)


def _text(argument: str) -> str:
    """The text meant: standard input for "-", else the argument, in UTF-8 whatever the locale took it for."""
    from pipeline.reading.decoding import Undecodable, decode

    try:
        return decode(sys.stdin.buffer.read() if argument == "-" else os.fsencode(argument))
    except Undecodable as error:
        raise ReadingError(f"{argument}: the text {error}") from None


# From the shell.


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The command `recoupe`: run it with `arguments` (None: those of the process) and exit with its code."""
    speak_utf8()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads slow small matrices down
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    sys.exit(_answer(sys.argv[1:] if arguments is None else arguments))


def _answer(arguments: Sequence[str]) -> int:
    """Exit code of the command; what goes wrong is one line on stderr."""
    try:
        code = app(args=list(arguments), prog_name="recoupe", standalone_mode=False)
        if code == INTERRUPTED:  # as typer answers Ctrl-C
            raise KeyboardInterrupt
        return code if isinstance(code, int) else 0
    except _USAGE as error:
        say(f"recoupe: {_usage(error)}")
        return 2
    except (KeyboardInterrupt, typer.Abort):
        say("recoupe: interrupted")
        return INTERRUPTED
    except Exception as error:
        if "--debug" in arguments:
            traceback.print_exc()
        say(f"recoupe: {_reason(error)}")
        return 1


def _usage(error: Any) -> str:
    message = error.format_message().rstrip(".")
    return f"{message}; see {error.ctx.command_path} --help" if error.ctx and ";" not in message else message


def _reason(error: Exception) -> str:
    if isinstance(error, RecoupeError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {error.strerror or error}; check the path, its rights and the disk"
    return f"internal error ({type(error).__name__}: {error}); please report it with the output of recoupe --debug"
