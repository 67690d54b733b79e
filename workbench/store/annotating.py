"""Passages with their tags and comments."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.errors import InputError, NotFoundError
from workbench.store.changes import Value
from workbench.store.ids import digest, random_id
from workbench.store.step import Step
from workbench.store.store import Store
from workbench.store.tags import ensure
from workbench.text.anchors import select

LONGEST_TEXT = 2**31
"""Code points beyond which no text of SQLite's reaches."""


def annotate(
    step: Step, article: str, start: int, end: int, names: Sequence[str], comment: str | None
) -> tuple[str, bool]:
    """Puts tags (by name, made where missing) and a comment of the analyst's on a range.

    Returns:
        The passage's id, and whether anything of it was new.

    Raises:
        NotFoundError: there is no such article.
        InputError: the range, a tag's name or the comment is refused.
    """
    passage = ensure_passage(step, article, start, end)
    new = [put_tag(step, passage, ensure(step, name)) for name in dict.fromkeys(names)]
    if comment is not None and not has_comment(step, passage, comment):
        add_comment(step, passage, comment)
        new.append(True)
    return passage, any(new)


def ensure_passage(step: Step, article: str, start: int, end: int) -> str:
    """The id of the passage at a range of an article's current text, made where there is none.

    Raises:
        NotFoundError: there is no such article.
        InputError: the range is empty or outside the text.
    """
    revision = step.revision(article)
    if revision is None:
        raise NotFoundError("that article is not in the project")
    if not 0 <= start < end <= LONGEST_TEXT:
        raise InputError(f"the range {start}–{end} is empty, backwards or outside the text")
    found = step.conn.execute(
        'SELECT id FROM passage WHERE article = ? AND text_hash = ? AND start = ? AND "end" = ?'
        " AND deleted = 0 AND same_as IS NULL",
        (article, revision, start, end),
    ).fetchone()
    if found:
        return str(found[0])
    anchor = _anchor(step.body(revision), revision, start, end)
    passage, is_new = _free_id(step, article, revision, start, end)
    create = step.create_new if is_new else step.create
    create("passage", passage, article=article, anchor=anchor)
    return passage


def _anchor(text: str, revision: str, start: int, end: int) -> list[Value]:
    """A passage's place as the log keeps it: see ANCHOR in `derive`."""
    selector = select(text, start, end)
    return [revision, start, end, selector.exact, selector.prefix, selector.suffix]


def _free_id(step: Step, article: str, revision: str, start: int, end: int) -> tuple[str, bool]:
    """The id of a range at birth, and whether it is new to the log.

    A counter is added where the passage born there has moved elsewhere since.
    """
    counter = 0
    while True:
        passage = digest("passage", article, revision, start, end, *([counter] if counter else []))
        row = step.conn.execute(
            'SELECT article, text_hash, start, "end" FROM passage WHERE id = ?', (passage,)
        ).fetchone()
        if row is None or tuple(row) == (article, revision, start, end):
            return passage, row is None and not step.makes("passage", passage)
        counter += 1


def put_tag(step: Step, passage: str, tag: str) -> bool:
    """Puts a tag on a passage in the analyst's name; False when it is there already."""
    tagging = digest("tagging", passage, tag, step.analyst)
    if step.makes("tagging", tagging):
        return False
    if step.is_new("passage", passage):
        step.create_new("tagging", tagging, passage=passage, tag=tag)
        return True
    row = step.conn.execute("SELECT deleted FROM tagging WHERE id = ?", (tagging,)).fetchone()
    if row is not None and not row[0]:
        return False
    step.create("tagging", tagging, passage=passage, tag=tag)
    return True


def remove_tag(store: Store, passage: str, tag: str) -> None:
    """Takes a tag off a passage, whoever put it there.

    Raises:
        NotFoundError: the passage does not carry the tag.
    """
    with store.step() as step:
        rows = step.conn.execute(
            "SELECT id FROM applied_tag WHERE passage = ? AND tag = ?", (passage, tag)
        ).fetchall()
        if not rows:
            raise NotFoundError("the passage does not carry that tag")
        for (tagging,) in rows:
            step.delete("tagging", tagging)


def add_comment(step: Step, passage: str, body: str, comment: str | None = None) -> str:
    """Puts a comment of the analyst's on a passage.

    Raises:
        InputError: the comment is empty.
    """
    if not body.strip():
        raise InputError("the comment is empty")
    identifier = comment or random_id()
    step.create("comment", identifier, passage=passage, body=body)
    return identifier


def set_comment(step: Step, comment: str, body: str) -> None:
    """Changes a comment's text; an emptied comment is deleted, a deleted one comes back.

    Raises:
        NotFoundError: there never was such a comment.
    """
    step.require("comment", comment, alive=False)
    if body.strip():
        step.create("comment", comment, body=body)
    else:
        step.delete("comment", comment)


def has_comment(step: Step, passage: str, body: str) -> bool:
    """Whether the analyst has said exactly this on a passage."""
    return bool(
        step.conn.execute(
            "SELECT 1 FROM live_comment WHERE passage = ? AND analyst = ? AND body = ?",
            (passage, step.analyst, body),
        ).fetchone()
    )


def move(store: Store, passage: str, start: int, end: int) -> None:
    """Gives a passage another range of its article's current text.

    Raises:
        InputError: the range is empty or outside the text.
        NotFoundError: there is no such passage.
    """
    with store.step() as step:
        step.require("passage", passage)
        article, revision = step.conn.execute(
            "SELECT a.id, a.text_hash FROM passage AS p JOIN article AS a ON a.id = p.article WHERE p.id = ?",
            (passage,),
        ).fetchone()
        anchor = _anchor(step.body(revision), revision, start, end)
        for (identifier,) in step.conn.execute(
            "SELECT id FROM passage WHERE (id = ? OR same_as = ?) AND deleted = 0", (passage, passage)
        ).fetchall():
            step.set("passage", identifier, article=article, anchor=anchor)


def delete_things(store: Store, kind: str, things: Sequence[str]) -> None:
    """Deletes things of one kind in one step.

    Raises:
        NotFoundError: nothing was named, or one of them is not there.
    """
    if not things:
        raise NotFoundError(f"that {kind} is not in the project")
    with store.step() as step:
        for thing in things:
            step.require(kind, thing)
            step.delete(kind, thing)


def delete_passage(store: Store, passage: str) -> None:
    """Deletes a passage, and those that cover the same range with it."""
    rows = store.conn.execute(
        "SELECT id FROM passage WHERE (id = ? OR same_as = ?) AND deleted = 0", (passage, passage)
    )
    delete_things(store, "passage", [row[0] for row in rows])
