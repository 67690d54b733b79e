"""Tags: making, renaming, nesting, merging."""

from __future__ import annotations

import sqlite3

from workbench.errors import InputError
from workbench.store.ids import digest, split_tag_path, tag_key
from workbench.store.step import Step
from workbench.store.store import Store

SLOTS = 14
"""How many looks the theme has: seven hues, plain and dashed."""


def find(conn: sqlite3.Connection, name: str) -> str | None:
    """The id of the live tag that goes by a name, followed through merges.

    Raises:
        InputError: the name cannot be a tag's.
    """
    key = tag_key(split_tag_path(name))
    # Nearly always the tag is the one born under the name, and the others need no look.
    born = conn.execute(
        "SELECT id, path FROM tag WHERE id = ? AND resolved = id AND hidden = 0", (digest("tag", key),)
    ).fetchone()
    if born and tag_key(born[1].split("/")) == key:
        return str(born[0])
    rows = conn.execute("SELECT id, path, resolved FROM tag WHERE hidden = 0 ORDER BY id").fetchall()
    alike = [row for row in rows if tag_key(row[1].split("/")) == key]
    for identifier, _, resolved in alike:
        if identifier == resolved:
            return str(identifier)
    return str(alike[0][2]) if alike else None


def ensure(step: Step, name: str) -> str:
    """The id of the tag of a name, made with the levels above it where it is missing.

    Raises:
        InputError: the name cannot be a tag's.
    """
    if name in step.tags_by_name:
        return step.tags_by_name[name]
    levels = split_tag_path(name)
    tag = find(step.conn, name)
    if tag is None:
        parent = ensure(step, "/".join(levels[:-1])) if len(levels) > 1 else None
        tag = _make(step, levels, parent)
    step.tags_by_name[name] = tag
    return tag


def _make(step: Step, levels: tuple[str, ...], parent: str | None) -> str:
    key = tag_key(levels)
    tag = _free_id(step.conn, key)
    count = step.conn.execute("SELECT count(*) FROM tag").fetchone()[0]
    step.create("tag", tag, name=levels[-1], parent=parent, color=count % SLOTS, merged_into=None)
    step.flush()
    return tag


def _free_id(conn: sqlite3.Connection, key: str) -> str:
    """The id of a name; a counter is added where the tag born under it goes by another name now."""
    counter = 0
    while True:
        tag = digest("tag", key, *([counter] if counter else []))
        row = conn.execute("SELECT path, merged_into FROM tag WHERE id = ?", (tag,)).fetchone()
        if row is None or (tag_key(row[0].split("/")) == key and row[1] is None):
            return tag
        counter += 1


def rename(store: Store, tag: str, name: str) -> None:
    """Gives a tag another name; a path moves it below another tag, and what is below it comes along.

    Raises:
        InputError: the name is another tag's, cannot be a tag's, or would put the tag below itself.
        NotFoundError: there is no such tag.
    """
    levels = split_tag_path(name)
    with store.step() as step:
        step.require("tag", tag)
        taken = find(step.conn, name)
        if taken not in (None, tag):
            raise InputError(f"there is a tag “{'/'.join(levels)}” already; merge the two instead")
        path = step.conn.execute("SELECT path FROM tag WHERE id = ?", (tag,)).fetchone()[0]
        above = tag_key(levels[:-1])
        if (above + "/").startswith(tag_key(path.split("/")) + "/"):
            raise InputError(f"“{path}” cannot stand below itself")
        parent = ensure(step, "/".join(levels[:-1])) if above else None
        step.set("tag", tag, name=levels[-1], parent=parent)


def merge(store: Store, source: str, target: str) -> None:
    """Makes one tag of two: passages of `source` show `target` from now on.

    Raises:
        InputError: the two are one, or one stands below the other.
        NotFoundError: one of them is not there.
    """
    if source == target:
        raise InputError("a tag cannot be merged into itself")
    with store.step() as step:
        step.require("tag", source)
        step.require("tag", target)
        paths = dict(
            step.conn.execute("SELECT id, path FROM tag WHERE id IN (?, ?)", (source, target)).fetchall()
        )
        if paths[target].startswith(paths[source] + "/"):
            raise InputError(f"“{paths[target]}” stands below “{paths[source]}”; move it out first")
        step.set("tag", source, merged_into=target)
        for (child,) in step.conn.execute("SELECT id FROM tag WHERE parent = ?", (source,)).fetchall():
            step.set("tag", child, parent=target)


def change(store: Store, tag: str, *, color: int | None = None, description: str | None = None) -> None:
    """Sets a tag's colour slot (0 to 13) or its description.

    Raises:
        InputError: there is no such slot.
        NotFoundError: there is no such tag.
    """
    if color is not None and not 0 <= color < SLOTS:
        raise InputError(f"a tag's colour is a slot from 0 to {SLOTS - 1}")
    with store.step() as step:
        step.require("tag", tag)
        if color is not None:
            step.set("tag", tag, color=color)
        if description is not None:
            step.set("tag", tag, description=description.strip() or None)
