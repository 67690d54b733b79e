"""Saved searches: queries that analysts keep under names, for themselves and for whom they share with."""

from __future__ import annotations

import sqlite3
import unicodedata

from workbench.errors import InputError
from workbench.model import Analyst, SavedSearch
from workbench.store import reading
from workbench.store.ids import random_id, tag_key
from workbench.store.plausible import moment
from workbench.store.step import Step


def all_searches(conn: sqlite3.Connection) -> list[SavedSearch]:
    """The saved searches by name, case aside; those of one name by analyst and time."""
    people = reading.analysts(conn)
    rows = conn.execute("SELECT id, name, query, analyst, created FROM search WHERE deleted = 0").fetchall()
    found = [
        SavedSearch(
            identifier, name, query, people.get(analyst, Analyst(analyst, "(unknown)")), moment(created)
        )
        for identifier, name, query, analyst, created in rows
    ]
    return sorted(
        found,
        key=lambda one: (key(one.name), one.analyst.name.casefold(), one.analyst.id, one.created, one.id),
    )


def key(name: str) -> str:
    """What makes two names one, as with tags: NFKC, white space collapsed, casefolded, accents kept."""
    return tag_key([" ".join(name.split())])


def save(step: Step, name: str, query: str) -> str:
    """Keeps a query under a name; one that the analyst keeps under it already is replaced. Returns the id.

    Raises:
        InputError: the name or the query is empty, or the name holds control characters.
    """
    name, query = _proper_name(name), _proper_query(query)
    known = _own(step, name)
    if known is None:
        known = random_id()
        step.create("search", known, name=name, query=query)
    else:
        step.set("search", known, query=query)
    return known


def rename(step: Step, search: str, name: str) -> None:
    """Gives a saved search another name.

    Raises:
        NotFoundError: there is no such saved search.
        InputError: the name is empty, holds control characters, or is that of another one of the analyst's.
    """
    step.require("search", search)
    name = _proper_name(name)
    if _own(step, name) not in (None, search):
        raise InputError(f"you have a search “{name}” already")
    step.set("search", search, name=name)


def change(step: Step, search: str, query: str) -> None:
    """Gives a saved search another query.

    Raises:
        NotFoundError: there is no such saved search.
        InputError: the query is empty.
    """
    step.require("search", search)
    step.set("search", search, query=_proper_query(query))


def _own(step: Step, name: str) -> str | None:
    """The analyst's own saved search of a name; of several, as two machines may bring, the first."""
    wanted = key(name)
    own = (one for one in all_searches(step.conn) if one.analyst.id == step.analyst)
    return next((one.id for one in own if key(one.name) == wanted), None)


def _proper_name(name: str) -> str:
    collapsed = " ".join(name.split())
    if not collapsed:
        raise InputError("a saved search needs a name")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in collapsed):
        raise InputError("the name of a saved search cannot hold control characters")
    return collapsed


def _proper_query(query: str) -> str:
    collapsed = " ".join(query.split())
    if not collapsed:
        raise InputError("a saved search needs a query")
    return collapsed
