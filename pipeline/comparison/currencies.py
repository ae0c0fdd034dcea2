"""Two amounts in two currencies: what one is in the other's, and whether they are worth the same. Needs rates; see `rates`."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.comparison.items import Item
from pipeline.comparison.rates import Fixing, converted, worth_the_same
from pipeline.comparison.values import Amount


class Exchange(NamedTuple):
    """An amount in another currency: at which rates, and whether it is worth the amount beside it."""

    amount: Amount
    fixing: Fixing
    equal: bool


def exchange(a: Item, b: Item) -> Exchange | None:
    """`a` in the currency of `b`, at the rates of its day, or of the other's where only those make the two worth the same.

    None where they have one currency, or there is no rate.
    """
    if a.kind != "money" or b.kind != "money" or a.base == b.base:
        return None
    found = []
    for fixing in (a.fixing, b.fixing):
        factor = fixing.factor(a.base, b.base) if fixing else None
        if fixing is not None and factor is not None:
            found.append(Exchange(converted(a.amount, factor), fixing, worth_the_same(a.amount, b.amount, factor)))
    return next((each for each in found if each.equal), found[0] if found else None)


def in_currency_of(b: Item, a: Item) -> Item | None:
    """`a` as a claim in the currency of `b`, with the amount of `b` where the two are worth the same; None without a rate."""
    found = exchange(a, b)
    return None if found is None else a._replace(amount=b.amount if found.equal else found.amount, base=b.base)
