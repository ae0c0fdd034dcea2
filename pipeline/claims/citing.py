"""Whether a name is cited as a source: "selon Reuters", "d'après le quotidien régional L'Écho", "une étude de l'Institut"."""

from __future__ import annotations

from pipeline.syntax import words

CITED = 40  # characters before a name in which "selon" makes it a source
NEARBY = 16  # of them, those in which nothing need stand between but words
ROLE = 3  # words that say what a source is: "d'après son armateur, X"


def is_source(between: str, language: str) -> bool:
    """Whether what stands between "selon" and a name lets it be who is cited; "selon le maire de X" cites no X."""
    role, comma, rest = between.partition(",")
    if set(role) & set(";:()."):
        return False
    if comma:
        return not rest.strip() and len(role.split()) <= ROLE
    of, said = words(language, "prepositions", "of"), role.replace("'", "' ").split()
    return len(between) <= NEARBY or (len(said) <= ROLE and not set(said) & of)
