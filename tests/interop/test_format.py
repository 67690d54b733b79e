"""The file is what db/README.md says, read by a program that knows nothing but that page."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.interop import format_reader as reader
from tests.unit.store.project_tools import ANNA, BEN, new_project
from workbench import Project
from workbench.resources import resource

ANNOTATION = ["article", "publisher", "published", "quote", "start", "end"]
ANNOTATION += ["tags", "comment", "analyst", "created"]
OVERVIEW = ["article", "file", "publisher", "author", "published", "words", "passages", "tags", "notes"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a life behind it: two analysts, edits, moves, merges, deletions, undo."""
    folder = tmp_path_factory.mktemp("format")
    with new_project(folder) as anna:
        one, two = (article.id for article in anna.articles())
        anna.edit_article(
            one, {"title": "Pumps — “night” \\ \u0001", "published": "2023-09", "basis": "stated"}
        )
        anna.annotate_range(one, 4, 9, tags=["region/asia", "risk"], comment="said\ntwice")
        moved = anna.annotate_range(one, 20, 25, tags=["danger"])
        anna.move_passage(moved, 4, 9)
        anna.merge_tags(anna.tag("danger").id, anna.tag("risk").id)
        anna.rename_tag(anna.tag("region").id, "place")
        gone = anna.annotate_range(two, 0, 8, tags=["gone"])
        anna.delete_passage(gone)
        anna.delete_tag(anna.tag("gone").id)
        anna.annotate_range(two, 3, 8, tags=["undone"])
        anna.undo()
        anna.rename_search(anna.save_search("pump", "pump*"), "pumps")
        anna.save_search("Pumps", "pumps >2023-09")
        anna.delete_search(anna.save_search("gone", "gone"))
    with Project.open(folder / "p.db", analyst=BEN) as ben:
        ben.annotate_range(one, 4, 9, tags=["Risk"], comment="agreed")
        ben.cite(None, two, 3, 8, title="Alarm")
        ben.save_search("pumps", "by:anna pumps")
    return folder / "p.db"


@pytest.fixture
def disputed(path: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Two copies after a merge that leaves much to decide, and some of it withheld."""
    copies = [Path(shutil.copy(path, tmp_path / f"{name}.db")) for name in ("anna", "ben")]
    with Project.open(copies[0], analyst=ANNA) as anna, Project.open(copies[1], analyst=BEN) as ben:
        note, passage, search = anna.notes()[0].id, anna.passages()[0], anna.saved_searches()[0].id
        for project, word in ((anna, "one"), (ben, "other")):
            project.edit_note(note, title=word, body=f"the {word}")
            project.edit_article(passage.article, {"title": word})
            project.change_search(search, f"{word} pump")
            project.create_tag(f"New/{word}")
            project.annotate_range(passage.article, 30, 40, tags=["Same" if word == "one" else "same"])
        anna.rename_tag(anna.tag("New/one").id, "Later")
        ben.create_tag("later")
        for article in anna.articles():
            anna.delete_article(article.id)
        anna.delete_tag(anna.tag("risk").id)
        ben.annotate_range(passage.article, 11, 19, tags=["risk", "place/asia"])
        anna.merge(ben.path)
        anna.send_copy(tmp_path / "sent.db", withhold=["superseded", "names"])
    opened = reader.open_read_only(tmp_path / "sent.db")
    yield opened
    opened.close()


def test_conflicts_and_contested_deletions_fold_to_their_rows(disputed: sqlite3.Connection) -> None:
    things = reader.fold(reader.read_changes(disputed))
    rows = {(row["thing"], row["field"]) for row in disputed.execute("SELECT * FROM conflict")}
    assert rows == {(thing, field) for thing, state in things.items() for field in state["conflicts"]}
    assert {field for _, field in rows} >= {"title", "body", "query"} and len(rows) == 4
    contested = {row["thing"]: bool(row["contested"]) for row in disputed.execute("SELECT * FROM deletion")}
    assert contested == {
        thing: state["alive"]
        for thing, state in things.items()
        if any(head["values"]["alive"] is False for head in state["heads"].get("alive", []))
    }
    assert {things[thing]["kind"] for thing, kept in contested.items() if kept} >= {"article", "tag"}
    for kind in ("article", "passage", "tag", "tagging", "comment", "note", "citation", "search"):
        for row in disputed.execute(f"SELECT id, deleted FROM {kind}"):
            assert row["deleted"] == (not things[row["id"]]["alive"])
    _tags_are_as_described(disputed)
    _searches_are_as_described(disputed)


@pytest.fixture
def conn(path: Path) -> Iterator[sqlite3.Connection]:
    opened = reader.open_read_only(path)
    yield opened
    opened.close()


def test_every_change_is_what_its_id_says(conn: sqlite3.Connection) -> None:
    changes = reader.read_changes(conn)
    assert len(changes) > 30 and all(map(reader.verify, changes))
    changes[7]["wall"] += 1
    assert not reader.verify(changes[7])


def test_the_worked_example_of_the_description_is_right() -> None:
    page = (resource("db") / "README.md").read_text(encoding="utf-8")
    salt = bytes.fromhex(re.search(r"`([0-9A-F]{32})`", page)[1])  # type: ignore[index]
    body, header, name = re.search(r"```\n(\[true.*)\n(\[.*)\n(\w{26})\n```", page).groups()  # type: ignore[union-attr]
    assert reader.name(reader.hashed(header.encode())) == name
    assert header.endswith(f'"{reader.name(reader.hashed(salt + body.encode()))}"]')


def test_every_text_is_what_its_hash_says(conn: sqlite3.Connection) -> None:
    for hash_, body in conn.execute("SELECT hash, body FROM text"):
        assert reader.hashed(body.encode()) == hash_


def test_ids_are_made_as_described(conn: sqlite3.Connection) -> None:
    things = reader.fold(reader.read_changes(conn))
    of_kind = {kind: {} for kind in ("article", "tagging", "citation", "appearance", "project")}
    for thing, state in things.items():
        if state["kind"] in of_kind:
            of_kind[state["kind"]][thing] = state
    for thing, state in of_kind["article"].items():
        assert thing == reader.derived_id("article", state["values"]["revision"])
    for thing, state in of_kind["tagging"].items():
        values = state["values"]
        assert thing == reader.derived_id(
            "tagging", values["passage"], values["tag"], state["first"]["analyst"]
        )
    for thing, state in of_kind["citation"].items():
        assert thing == reader.derived_id("citation", state["values"]["note"], state["values"]["passage"])
    for thing, state in of_kind["appearance"].items():
        known = [state["values"].get(field) for field in ("article", "file", "publisher", "url", "published")]
        assert thing == reader.derived_id("appearance", *known)
    project_id = conn.execute("SELECT value FROM meta WHERE key = 'project_id'").fetchone()[0]
    assert list(of_kind["project"]) == [reader.derived_id("project", project_id)]


def test_articles_fold_to_their_rows(conn: sqlite3.Connection, path: Path) -> None:
    things = reader.fold(reader.read_changes(conn))
    rows = {row["id"]: dict(row) for row in conn.execute("SELECT * FROM article")}
    assert set(rows) == {thing for thing, state in things.items() if state["kind"] == "article"}
    for thing, row in rows.items():
        state = things[thing]
        for field in ("title", "publisher", "author", "published", "url", "language", "comment", "grade"):
            assert row[field] == state["values"].get(field)
        assert row["text_hash"] == state["values"]["revision"]
        assert row["basis"] == (state["values"].get("basis") or "unknown")
        assert (row["created"], row["changed"]) == (state["first"]["wall"], state["last"]["wall"])
        assert row["deleted"] == (not state["alive"])
    with Project.open(path, analyst=ANNA) as project:
        assert {one.id: one.title for one in project.articles()} == {
            id_: r["title"] for id_, r in rows.items()
        }


def test_passages_fold_to_their_rows(conn: sqlite3.Connection) -> None:
    things = reader.fold(reader.read_changes(conn))
    rows = {row["id"]: dict(row) for row in conn.execute("SELECT * FROM passage")}
    texts = {reader.name(row["hash"]): row["body"] for row in conn.execute("SELECT * FROM text")}
    lowest: dict[tuple[object, ...], str] = {}
    for thing in sorted(rows):
        state = things[thing]
        revision, start, end, exact, before, after = state["values"]["anchor"]
        text = texts[revision]
        assert text[start:end] == exact
        assert (text[max(0, start - 64) : start], text[end : end + 64]) == (before, after)
        row = rows[thing]
        place = (row["article"], row["text_hash"], row["start"], row["end"])
        assert place == (state["values"]["article"], revision, start, end) and row["quote"] == exact
        assert row["deleted"] == (not state["alive"])
        if state["alive"]:
            first = lowest.setdefault(place, thing)
            assert row["same_as"] == (None if first == thing else first)
    assert sum(row["same_as"] is not None for row in rows.values()) == 1


def test_tags_fold_to_their_rows(conn: sqlite3.Connection, path: Path) -> None:
    shown = {row["path"] for row in _tags_are_as_described(conn)}
    with Project.open(path, analyst=ANNA) as project:
        assert {tag.name for tag in project.tags()} == shown == {"place", "place/asia", "risk"}


def _tags_are_as_described(conn: sqlite3.Connection) -> list[sqlite3.Row]:
    """Compares every row of `tag`; returns those that are shown."""
    things = reader.fold(reader.read_changes(conn))
    tags = {thing: state for thing, state in things.items() if state["kind"] == "tag"}
    rows = conn.execute("SELECT * FROM tag").fetchall()
    for row in rows:
        assert row["path"] == reader.tag_path(tags, row["id"])
        assert (row["resolved"], row["hidden"]) == reader.shown_tag(tags, row["id"])
    return [row for row in rows if not row["hidden"] and row["resolved"] == row["id"]]


def test_saved_searches_fold_to_their_rows(conn: sqlite3.Connection) -> None:
    rows = _searches_are_as_described(conn)
    shown = {(row["name"], row["query"], row["analyst"]) for row in rows.values() if not row["deleted"]}
    assert shown == {("pumps", "pumps >2023-09", ANNA.id), ("pumps", "by:anna pumps", BEN.id)}
    assert len(rows) == 3


def _searches_are_as_described(conn: sqlite3.Connection) -> dict[str, reader.Row]:
    """Compares the table `search` with what the log amounts to; returns its rows by id."""
    rows = {row["id"]: dict(row) for row in conn.execute("SELECT * FROM search")}
    assert rows == reader.saved_searches(reader.fold(reader.read_changes(conn)))
    return rows


def test_a_copy_without_a_payload_still_verifies(conn: sqlite3.Connection) -> None:
    changes = reader.read_changes(conn)
    changes[5] |= {"body": None, "salt": None}
    assert reader.verify(changes[5])


def test_everything_can_be_read_by_a_bare_connection(conn: sqlite3.Connection) -> None:
    conn.execute("PRAGMA trusted_schema = OFF")
    names = [row[0] for row in conn.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
    assert {"article", "passage", "annotation", "article_overview", "change"} <= set(names)
    for name in names:
        conn.execute(f'SELECT * FROM "{name}"').fetchall()


def test_every_table_of_ours_is_strict(conn: sqlite3.Connection) -> None:
    loose = [
        row["name"]
        for row in conn.execute("PRAGMA table_list")
        if row["type"] == "table" and not row["strict"]
    ]
    assert set(loose) <= {"_sqlite_migrations", "sqlite_schema", "sqlite_temp_schema"}


def test_the_view_annotation(conn: sqlite3.Connection, path: Path) -> None:
    rows = conn.execute("SELECT * FROM annotation").fetchall()
    assert rows[0].keys() == ANNOTATION
    found = {row["quote"]: dict(row) for row in rows}
    assert set(found) == {"pumps", "alarm"}
    pumps = found["pumps"]
    assert pumps["article"].startswith("Pumps —") and pumps["published"] == "2023-09"
    assert (pumps["start"], pumps["end"], pumps["comment"]) == (4, 9, "said\ntwice\nagreed")
    assert set(pumps["tags"].split(",")) == {"place/asia", "risk"} and pumps["analyst"] == "Anna,Ben"
    assert found["alarm"]["tags"] is None and found["alarm"]["article"] == "two.txt"
    with Project.open(path, analyst=ANNA) as project:
        for passage in project.passages():
            made = datetime.fromtimestamp(passage.created // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            row = found[passage.quote]
            assert (row["start"], row["end"], row["created"]) == (passage.start, passage.end, made)


def test_the_view_article_overview(conn: sqlite3.Connection, path: Path) -> None:
    rows = conn.execute("SELECT * FROM article_overview").fetchall()
    assert rows[0].keys() == OVERVIEW
    with Project.open(path, analyst=ANNA) as project:
        wanted = {
            (a.label, a.file, a.publisher, a.author, a.published, a.words, a.passages, a.tags, a.notes)
            for a in project.articles()
        }
    assert {tuple(row) for row in rows} == wanted
