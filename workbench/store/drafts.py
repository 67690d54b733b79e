"""Text being edited: kept at most a second behind the keyboard, turned into a change when the editor is left.

A draft lives outside the log, keyed by analyst and thing, and never goes into a copy. One that a crash
left behind becomes a change at the next opening.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from workbench.store.annotating import add_comment, ensure_passage, set_comment
from workbench.store.notes import write
from workbench.store.step import now
from workbench.store.store import Store

DraftKind = Literal["note", "comment"]


@dataclass(frozen=True, slots=True)
class DraftText:
    """Text on its way into a thing.

    Attributes:
        thing: id of the note or comment, which need not exist yet.
        parent: a note's title, or a comment's place as [article, start, end] in JSON.
    """

    kind: DraftKind
    thing: str
    parent: str
    body: str


def save(store: Store, draft: DraftText) -> None:
    """Keeps a draft over the one kept before.

    Raises:
        ProjectFileError: the file cannot be written.
    """
    with store.writing():
        store.conn.execute(
            "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?)",
            (
                store.analyst.id,
                draft.kind,
                draft.thing,
                draft.parent,
                draft.body,
                now(),
            ),
        )


def waiting(store: Store) -> list[DraftText]:
    """This analyst's drafts, oldest first."""
    rows = store.conn.execute(
        "SELECT kind, thing, parent, body FROM draft WHERE analyst = ? ORDER BY saved, thing",
        (store.analyst.id,),
    )
    return [DraftText(*row) for row in rows]


def drop(store: Store, thing: str) -> None:
    """Forgets a draft, on its own or inside the step that wrote it."""
    sql, parameters = "DELETE FROM draft WHERE analyst = ? AND thing = ?", (store.analyst.id, thing)
    if store.conn.in_transaction:
        store.conn.execute(sql, parameters)
    elif store.conn.execute(sql.replace("DELETE", "SELECT 1"), parameters).fetchone():
        with store.writing():
            store.conn.execute(sql, parameters)


def finish(store: Store, draft: DraftText) -> bool:
    """Writes a draft's text as a change, if it says anything new.

    Returns:
        Whether the log grew.
    """
    with store.step() as step:
        drop(store, draft.thing)
        if draft.kind == "note":
            write(step, draft.parent or "Untitled note", draft.body, draft.thing)
        elif step.conn.execute("SELECT 1 FROM comment WHERE id = ?", (draft.thing,)).fetchone():
            set_comment(step, draft.thing, draft.body)
        elif draft.body.strip():
            article, start, end = json.loads(draft.parent)
            passage = ensure_passage(step, article, start, end)
            add_comment(step, passage, draft.body, draft.thing)
        step.flush()
        return step.written > 0
