"""Text being edited: kept at most a second behind the keyboard, turned into a change when the editor is left.

A draft lives outside the log, keyed by analyst, thing and the session that writes it, and never goes into a
copy. One that a crash left behind becomes a change at the next opening; one whose session still runs, in
another window, is left to it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from workbench.store.annotating import add_comment, ensure_passage, set_comment
from workbench.store.notes import write
from workbench.store.sessions import is_running
from workbench.store.step import now
from workbench.store.store import Store

DraftKind = Literal["note", "comment"]


@dataclass(frozen=True, slots=True)
class DraftText:
    """Text on its way into a thing.

    Attributes:
        thing: id of the note or comment, which need not exist yet.
        parent: a note's title, or a comment's place as [article, start, end] in JSON.
        seen: ids of the changes the thing rested on when the editor was opened (`Project.sight`); what
            others set since stands beside what is written. Empty: everything there is was seen.
        session: which session wrote it; "" is the one at hand.
    """

    kind: DraftKind
    thing: str
    parent: str
    body: str
    seen: tuple[str, ...] = ()
    session: str = ""


def save(store: Store, draft: DraftText) -> None:
    """Keeps a draft over the one kept before.

    Raises:
        ProjectFileError: the file cannot be written.
    """
    with store.writing():
        store.conn.execute(
            "INSERT OR REPLACE INTO draft (analyst, kind, thing, session, parent, seen, body, saved)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                store.analyst.id,
                draft.kind,
                draft.thing,
                draft.session or store.session.name,
                draft.parent,
                ",".join(draft.seen),
                draft.body,
                now(),
            ),
        )


def waiting(store: Store) -> list[DraftText]:
    """This analyst's drafts whose sessions have ended, oldest first."""
    rows = store.conn.execute(
        "SELECT kind, thing, coalesce(parent, ''), body, coalesce(seen, ''), session FROM draft"
        " WHERE analyst = ? ORDER BY saved, thing",
        (store.analyst.id,),
    ).fetchall()
    return [
        DraftText(kind, thing, parent, body, tuple(filter(None, seen.split(","))), session)
        for kind, thing, parent, body, seen, session in rows
        if not is_running(session)
    ]


def drop(store: Store, thing: str, session: str = "") -> None:
    """Forgets a draft, on its own or inside the step that wrote it."""
    sql = "DELETE FROM draft WHERE analyst = ? AND thing = ? AND session = ?"
    parameters = (store.analyst.id, thing, session or store.session.name)
    if store.conn.in_transaction:
        store.conn.execute(sql, parameters)
    elif store.conn.execute(sql.replace("DELETE", "SELECT 1"), parameters).fetchone():
        with store.writing():
            store.conn.execute(sql, parameters)


def finish(store: Store, draft: DraftText) -> tuple[str, ...]:
    """Writes a draft's text as a change, if it says anything new.

    Returns:
        The ids of the changes of its note or comment that were written; none where nothing was new.
    """
    with store.step() as step:
        drop(store, draft.thing, draft.session)
        if draft.seen:
            step.rest_on(draft.kind, draft.thing, draft.seen)
        if draft.kind == "note":
            write(step, draft.parent or "Untitled note", draft.body, draft.thing)
        elif step.conn.execute("SELECT 1 FROM comment WHERE id = ?", (draft.thing,)).fetchone():
            set_comment(step, draft.thing, draft.body)
        elif draft.body.strip():
            article, start, end = json.loads(draft.parent)
            passage = ensure_passage(step, article, start, end)
            add_comment(step, passage, draft.body, draft.thing)
        step.flush()
        return tuple(step.written_of(draft.kind, draft.thing))
