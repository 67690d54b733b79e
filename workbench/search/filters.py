"""Which rows of a block a query's operators and the caller's scope let through."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from workbench.model import HitKind
from workbench.search.block import Block, Bools
from workbench.search.document import Document
from workbench.search.query import Query
from workbench.search.tokens import terms
from workbench.search.vocabulary import Ints, Lexicon

Test = Callable[[Document], bool]


def allowed_rows(
    block: Block, query: Query, lexicon: Lexicon, scope: frozenset[HitKind] | None, article: str | None
) -> Bools | None:
    """The rows that pass, as a mask; None when nothing restricts them."""
    allowed: Bools | None = None
    tests = _tests(query, scope, article)
    if tests:
        passed = np.fromiter((all(test(d) for test in tests) for d in block.documents), np.bool_)
        allowed = passed[block.row_document]
    for phrase in query.phrases:
        held = np.zeros(block.rows, np.bool_)
        held[_rows_with(block, phrase, lexicon)] = True
        allowed = held if allowed is None else allowed & held
    for phrase in query.without:
        allowed = np.ones(block.rows, np.bool_) if allowed is None else allowed
        allowed[_rows_with(block, phrase, lexicon)] = False
    return allowed


def _rows_with(block: Block, phrase: tuple[str, ...], lexicon: Lexicon) -> Ints:
    numbers = [number for number in map(lexicon.find, phrase) if number is not None]
    if len(numbers) < len(phrase):
        return np.zeros(0, np.int32)
    return block.rows_with_sequence(numbers)


def _tests(query: Query, scope: frozenset[HitKind] | None, article: str | None) -> list[Test]:
    tests: list[Test] = []
    if scope is not None:
        tests.append(lambda document: document.kind in scope)
    if article is not None:
        tests.append(lambda document: document.article_id == article)
    if query.sources:
        tests.append(lambda document: all(_named(name, _source_names(document)) for name in query.sources))
    if query.tags:
        tests.append(lambda document: all(_named(name, document.tags) for name in query.tags))
    if query.dates:
        tests.append(lambda document: all(limit.allows(document.published) for limit in query.dates))
    return tests


def _source_names(document: Document) -> Iterable[str]:
    return {name for name in (document.publisher, document.label, document.article, document.file) if name}


def _named(wanted: str, names: Iterable[str]) -> bool:
    return any(f" {wanted}" in f" {' '.join(terms(name))}" for name in names)
