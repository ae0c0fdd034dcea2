"""Templates and stylesheets of this package, filled in. Everything is escaped unless `pipeline.markup` made it."""

from __future__ import annotations

import re
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.wording import Value, is_plural, number

if TYPE_CHECKING:
    from jinja2 import Environment, Template


def render(name: str, ui: str, **values: object) -> str:
    """The template `name` filled in with `values`; what it is called for finds its style as `css` and the language as `ui`."""
    from markupsafe import Markup

    css = Markup(_own("page.css" if name == "page.html.j2" else "notebook.css"))
    return _template(name, ui).render(css=css, ui=ui, **values)


@cache
def _template(name: str, ui: str) -> Template:
    return _environment(ui).from_string(_own(name))


@cache
def _environment(ui: str) -> Environment:
    from jinja2 import Environment, StrictUndefined

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters |= {
        "figure": partial(number, ui=ui),
        "percent": partial(percent, ui=ui),
        "plural": partial(is_plural, ui=ui),
        "slug": slug,
        "bare": bare,
    }
    return made


@cache
def _own(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def percent(share: float, ui: str) -> str:
    """A share of one in whole percent: 0.9 is "90 %"."""
    return Value(kind="percent", value=float(round(100 * share)), unit="%").words(ui) or ""


def slug(name: str) -> str:
    """`name` as an id in the page and in CSS: letters, digits, `-` and `_`, a letter first."""
    safe = re.sub(r"[^A-Za-z0-9_-]", "-", name)
    return safe if safe[:1].isalpha() else f"x{safe}"


def bare(text: str) -> str:
    """`text` without what makes no difference to a reader: case, spaces of whatever width, apostrophes of either kind."""
    return "".join(text.split()).replace("’", "'").casefold()
