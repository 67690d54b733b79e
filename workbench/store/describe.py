"""Says in words what a step did: for the status line, for undo, for the history.

What things go by is what they go by now; what a copy leaves out is called “(withheld)”.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from workbench.store.changes import Change, joined, parts, read
from workbench.store.fold import ALIVE, PROPOSED, fold
from workbench.store.ids import to_bytes
from workbench.store.labels import field_name
from workbench.store.rows import marks
from workbench.text.counting import counted

QUOTE_LENGTH = 32
MOST_NAMED = 5
"""Tags that are named one by one."""
WITHHELD = "(withheld)"
UNKNOWN = "Changed something this version does not know"


def describe(conn: sqlite3.Connection, step: Sequence[Change], sizes: Mapping[str, int] | None = None) -> str:
    """One sentence in the past tense for the changes of a step.

    What weighs most names the step: tagging a passage also makes the passage and perhaps the tag.

    Args:
        step: its changes, or the first few of each kind.
        sizes: how many things of each kind it changed, where `step` holds only some.
    """
    kind = weightiest(step)
    if kind is None:
        return UNKNOWN
    by_thing: dict[str, list[Change]] = {}
    for change in step:
        if change.kind == kind:
            by_thing.setdefault(change.thing, []).append(change)
    found = [joined(own) for own in by_thing.values()]
    number = sizes.get(kind, len(found)) if sizes else len(found)
    if kind == "tagging" and 1 < number == len(found) and (words := _tags_on(conn, found)):
        return words
    return WORDS[kind](conn, found[0], number)


def weightiest(step: Sequence[Change]) -> str | None:
    """The kind that names a step; None where this version knows none of its kinds."""
    kinds = {change.kind for change in step}
    return next((kind for kind in WORDS if kind in kinds), None)


def shorten(text: str, length: int = QUOTE_LENGTH) -> str:
    """The start of a text on one line, in quotation marks; “(withheld)” for what has none here."""
    line = " ".join(text[: 4 * length].split())
    if not line:
        return WITHHELD
    return f"“{line}”" if len(line) <= length else f"“{line[: length - 1].rstrip()}…”"


def earlier(conn: sqlite3.Connection, change: Change) -> list[Change]:
    """The changes of the same thing that a change was made in sight of and replaced."""
    found: list[Change] = []
    for part in parts([to_bytes(seen) for seen in change.supersedes]):
        found += read(conn, f"WHERE c.id IN ({marks(part)})", part)
    return [one for one in found if (one.kind, one.thing) == (change.kind, change.thing)]


def _look_up(conn: sqlite3.Connection, sql: str, thing: object) -> str:
    row = conn.execute(sql, (str(thing),)).fetchone()
    return str(row[0]) if row and row[0] else ""


def _article(conn: sqlite3.Connection, thing: str) -> str:
    return shorten(_look_up(conn, "SELECT coalesce(title, opening) FROM article WHERE id = ?", thing))


def _passage(conn: sqlite3.Connection, thing: str) -> str:
    return shorten(_look_up(conn, "SELECT quote FROM passage WHERE id = ?", thing))


def _tag(conn: sqlite3.Connection, thing: object) -> str:
    return _look_up(conn, "SELECT path FROM tag WHERE id = ?", thing) or WITHHELD


def _note(conn: sqlite3.Connection, thing: str) -> str:
    return shorten(_look_up(conn, "SELECT title FROM note WHERE id = ?", thing))


def _deleted(change: Change) -> bool:
    return (ALIVE, False) in change.setting()


def _made(change: Change) -> bool:
    """Whether the change made the thing or brought it back; of a withheld one the first makes it."""
    if change.values is None:
        return ALIVE in change.fields and not change.supersedes
    return ALIVE in change.fields and bool(change.value(ALIVE))


def _restored(conn: sqlite3.Connection, change: Change) -> bool:
    return bool(change.supersedes) and _made(change) and bool(earlier(conn, change))


def _settled(conn: sqlite3.Connection, change: Change) -> int:
    """How many versions of a field the change decided between; 0 where there was nothing to decide."""
    if len(change.supersedes) < 2 or change.values is None or ALIVE in change.fields:
        return 0
    seen = earlier(conn, change)
    versions = fold(seen).versions if seen else None
    numbers = [len(versions(field)) for field in change.fields] if versions else []
    return max((number for number in numbers if number > 1), default=0)


def _articles(conn: sqlite3.Connection, change: Change, number: int) -> str:
    what = _article(conn, change.thing) if number == 1 else counted(number, "article")
    if _made(change):
        return f"Restored {what}" if _restored(conn, change) else f"Imported {what}"
    if _deleted(change):
        return f"Deleted {what}"
    if versions := _settled(conn, change):
        return f"Settled {versions} versions of the details of {what}"
    fields = [field for field in change.fields if not field.endswith(PROPOSED)]
    if not fields:
        return f"Confirmed what was proposed for {what}"
    if fields == ["revision"]:
        return f"Took in another text of {what}"
    return f"Edited the {field_name(fields[0]) if len(fields) == 1 else 'details'} of {what}"


def _appearances(conn: sqlite3.Connection, change: Change, number: int) -> str:
    article = _look_up(conn, "SELECT article FROM appearance WHERE id = ?", change.thing)
    if number > 1:
        what = counted(number, "article")
        return f"Took {what} off their files" if _deleted(change) else f"Imported {what} once more"
    what = _article(conn, article)
    return f"Took a file name off {what}" if _deleted(change) else f"Imported {what} once more"


def _notes(conn: sqlite3.Connection, change: Change, number: int) -> str:
    what = f"the note {_note(conn, change.thing)}" if number == 1 else counted(number, "note")
    if _deleted(change):
        return f"Deleted {what}"
    if _made(change):
        return f"Restored {what}" if _restored(conn, change) else f"Wrote {what}"
    if versions := _settled(conn, change):
        return f"Settled {versions} versions of {what}"
    if change.fields == ("title",) and number == 1:
        before = fold(seen).values.get("title") if (seen := earlier(conn, change)) else ""
        return f"Renamed the note {shorten(str(before or ''))} to {shorten(str(change.value('title') or ''))}"
    return f"Edited {what}"


def _searches(conn: sqlite3.Connection, change: Change, number: int) -> str:
    name = shorten(_look_up(conn, "SELECT name FROM search WHERE id = ?", change.thing))
    what = f"the search {name}" if number == 1 else counted(number, "search")
    if _deleted(change):
        return f"Deleted {what}"
    if _made(change):
        return f"Restored {what}" if _restored(conn, change) else f"Saved {what}"
    if versions := _settled(conn, change):
        return f"Settled {versions} versions of {what}"
    if change.fields == ("name",) and number == 1:
        before = fold(seen).values.get("name") if (seen := earlier(conn, change)) else ""
        return (
            f"Renamed the search {shorten(str(before or ''))} to {shorten(str(change.value('name') or ''))}"
        )
    return f"Changed the query of {what}"


def _taggings(conn: sqlite3.Connection, change: Change, number: int) -> str:
    row = conn.execute(
        "SELECT g.path, p.quote FROM tagging AS t LEFT JOIN tag AS g ON g.id = t.tag"
        " LEFT JOIN passage AS p ON p.id = t.passage WHERE t.id = ?",
        (change.thing,),
    ).fetchone()
    path, quote = row or ("", "")
    path, quote = path or WITHHELD, shorten(quote or "")
    if number > 1:
        return f"{'Removed' if _deleted(change) else 'Applied'} {counted(number, 'tag')}"
    return f"Removed {path} from {quote}" if _deleted(change) else f"Tagged {quote} with {path}"


def _tags_on(conn: sqlite3.Connection, found: Sequence[Change]) -> str:
    """Which tags were put on which passages, or taken off them; "" where not each of them on each."""
    rows = conn.execute(
        "SELECT t.passage, p.quote, g.path FROM tagging AS t LEFT JOIN tag AS g ON g.id = t.tag"
        f" LEFT JOIN passage AS p ON p.id = t.passage WHERE t.id IN ({marks(found)}) ORDER BY g.path",
        [change.thing for change in found],
    ).fetchall()
    passages = {passage for passage, _, _ in rows}
    paths = list(dict.fromkeys(path or WITHHELD for *_, path in rows))
    pairs = {(passage, path or WITHHELD) for passage, _, path in rows}
    if len({_deleted(change) for change in found}) != 1 or len(paths) > MOST_NAMED:
        return ""
    if not rows or len(pairs) != len(passages) * len(paths):
        return ""
    what = shorten(rows[0][1] or "") if len(passages) == 1 else counted(len(passages), "passage")
    named = ", ".join(paths)
    return f"Removed {named} from {what}" if _deleted(found[0]) else f"Tagged {what} with {named}"


def _comments(conn: sqlite3.Connection, change: Change, number: int) -> str:
    on = _passage(conn, _look_up(conn, "SELECT passage FROM comment WHERE id = ?", change.thing))
    if number > 1:
        verb = "Deleted" if _deleted(change) else "Wrote" if _made(change) else "Edited"
        return f"{verb} {counted(number, 'comment')}"
    if _deleted(change):
        return f"Deleted a comment on {on}"
    if _made(change):
        return f"Restored a comment on {on}" if _restored(conn, change) else f"Commented on {on}"
    if versions := _settled(conn, change):
        return f"Settled {versions} versions of a comment on {on}"
    return f"Edited a comment on {on}"


def _citations(conn: sqlite3.Connection, change: Change, number: int) -> str:
    row = conn.execute(
        "SELECT c.quote, n.title FROM citation AS c LEFT JOIN note AS n ON n.id = c.note WHERE c.id = ?",
        (change.thing,),
    ).fetchone()
    quote, title = row or ("", "")
    what = shorten(quote) if number == 1 else counted(number, "quotation")
    verb, into = ("Took", "off") if _deleted(change) else ("Put", "into")
    return f"{verb} {what} {into} the note {shorten(title or '')}"


def _passages(conn: sqlite3.Connection, change: Change, number: int) -> str:
    what = _passage(conn, change.thing) if number == 1 else counted(number, "passage")
    if _deleted(change):
        return f"Deleted the passage {what}" if number == 1 else f"Deleted {what}"
    if _made(change):
        return f"Restored the passage {what}" if _restored(conn, change) else f"Marked {what}"
    if versions := _settled(conn, change):
        return f"Settled {versions} versions of the range of {what}"
    return f"Changed the range to {what}"


def _tags(conn: sqlite3.Connection, change: Change, number: int) -> str:
    path = _tag(conn, change.thing)
    what = f"the tag {path}" if number == 1 else counted(number, "tag")
    if _deleted(change):
        return f"Deleted {what}"
    if _made(change):
        return f"Restored {what}" if _restored(conn, change) else f"Created {what}"
    if versions := _settled(conn, change):
        return f"Settled {versions} versions of {what}"
    values = dict(change.setting())
    if values.get("merged_into"):
        return f"Merged the tag {path} into {_tag(conn, values['merged_into'])}"
    if "merged_into" in values:
        return f"Parted the tag {path} again"
    if values.get("name"):
        before = fold(seen).values.get("name") if (seen := earlier(conn, change)) else ""
        return f"Renamed the tag {before or path} to {values['name']}"
    verbs = {"parent": "Moved", "color": "Recoloured", "description": "Described"}
    verb = next((word for field, word in verbs.items() if field in change.fields), "Changed")
    return f"{verb} {what}"


def _project(conn: sqlite3.Connection, change: Change, number: int) -> str:
    title = shorten(str(dict(change.setting()).get("title") or ""))
    return f"Titled the project {title}" if change.supersedes else f"Made the project {title}"


def _analyst(conn: sqlite3.Connection, change: Change, number: int) -> str:
    name = dict(change.setting()).get("name") or WITHHELD
    return f"Signs as {name} from here on"


def _taken_back(conn: sqlite3.Connection, change: Change, number: int) -> str:
    return "Took back a step of which nothing was left"


WORDS: dict[str, Callable[[sqlite3.Connection, Change, int], str]] = {
    "article": _articles,
    "citation": _citations,
    "note": _notes,
    "comment": _comments,
    "tagging": _taggings,
    "passage": _passages,
    "tag": _tags,
    "appearance": _appearances,
    "search": _searches,
    "project": _project,
    "step": _taken_back,
    "analyst": _analyst,
}
"""Kinds by weight: the first that occurs in a step names it. Each gets one change of it and their number."""
