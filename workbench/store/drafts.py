"""Text being edited: kept at most a second behind the keyboard, turned into a change when the editor is left.

A draft lives outside the log, keyed by analyst, thing and the session that writes it, and never goes into a
copy. One that a crash left behind becomes a change at the next opening; one whose session still runs, in
another window, is left to it. Text written between the versions of a conflict belongs to no session: it never
becomes a change by itself, and waits until somebody goes on with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from workbench.errors import NotFoundError
from workbench.store.annotating import add_comment, ensure_passage, set_comment
from workbench.store.ids import is_id
from workbench.store.notes import write
from workbench.store.sessions import is_running
from workbench.store.step import now
from workbench.store.store import Store

DraftKind = Literal["note", "comment", "article"]
UNDECIDED = "undecided"
"""In place of a session: the text is written between the versions of a conflict."""
COLUMNS = ("analyst", "thing", "session", "kind", "parent", "seen", "body", "saved")
"""Of the table `draft`, in the order in which they stand on a page."""


@dataclass(frozen=True, slots=True)
class DraftText:
    """Text on its way into a thing.

    Attributes:
        kind: "article" is an article's comment, kept only between versions.
        thing: id of the note or comment, which need not exist yet.
        parent: a note's title, or a comment's place as [article, start, end] in JSON; "" for a comment that
            is there.
        seen: ids of the changes the thing rested on when the editor was opened (`Project.sight`); what
            others set since stands beside what is written. Empty: everything there is was seen.
        session: which session wrote it; "" is the one at hand. Or `UNDECIDED`.
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
    """This analyst's drafts whose sessions have ended, oldest first; what is no proper draft is left alone.

    Raises:
        ProjectFileError: the file cannot be read.
    """
    return [one for one in _kept(store) if one.session != UNDECIDED and not is_running(one.session)]


def undecided(store: Store, thing: str) -> DraftText | None:
    """What this analyst wrote between the versions of a thing and left before anything was decided.

    Raises:
        ProjectFileError: the file cannot be read.
    """
    return next((one for one in _kept(store) if (one.thing, one.session) == (thing, UNDECIDED)), None)


def _kept(store: Store) -> list[DraftText]:
    sql = f"SELECT {', '.join(COLUMNS)} FROM draft WHERE analyst = ? ORDER BY saved, thing"
    with store.reading() as conn:
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in conn.execute(sql, (store.analyst.id,))]
    return [_draft(row) for row in rows if is_proper(row)]


def _draft(row: Mapping[str, Any]) -> DraftText:
    seen = tuple(_ids(row["seen"]))
    return DraftText(row["kind"], row["thing"], row["parent"], row["body"], seen, row["session"])


def is_proper(row: Mapping[str, object]) -> bool:
    """Whether a row of `draft`, by the names of its columns, is one that a workbench may have written.

    Whatever else a file holds must not become a change in its analyst's name.
    """
    texts = [row["session"], row["parent"], row["body"], row["seen"] or ""]
    return (
        row["kind"] in get_args(DraftKind)
        and (row["kind"] != "article" or row["session"] == UNDECIDED)
        and is_id(row["analyst"])
        and is_id(row["thing"])
        and isinstance(row["saved"], int)
        and all(_is_text(text) for text in texts)
        and all(map(is_id, _ids(row["seen"])))
        and (row["kind"] == "note" or row["parent"] == "" or _place(row["parent"]) is not None)
    )


def _is_text(value: object) -> bool:
    """Whether a value is a text; one read leniently may hold bytes that are none."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _ids(seen: object) -> list[str]:
    return str(seen).split(",") if seen else []


def _place(parent: object) -> tuple[str, int, int] | None:
    """The article and range a comment's draft is for; None where it names none."""
    try:
        article, start, end = json.loads(str(parent))
    except (ValueError, TypeError, RecursionError):
        return None
    if is_id(article) and type(start) is int and type(end) is int:
        return article, start, end
    return None


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

    Raises:
        InputError: the note's title or the comment's range is refused.
        NotFoundError: the comment is not there, and no article to put it on.
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
            place = _place(draft.parent)
            if place is None:
                raise NotFoundError("that comment is not in the project")
            add_comment(step, ensure_passage(step, *place), draft.body, draft.thing)
        step.flush()
        return tuple(step.written_of(draft.kind, draft.thing))
