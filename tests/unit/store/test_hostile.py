"""Files that others send: each ends in a plain sentence or is read for what it is worth, unharmed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from tests.unit.conftest import Run
from tests.unit.store.damage_tools import content
from tests.unit.store.project_tools import ANNA, BEN, on, place
from tests.unit.store.strangers import HOSTILE, TAGS, Damage, edit, forged, made, say, thing, use
from workbench import Project
from workbench.errors import OddSchemaError, ProjectFileError
from workbench.store import connection, drives, guards
from workbench.store.changes import HIGHEST_LAMPORT
from workbench.store.header import FORMAT
from workbench.store.schema import present_schema


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project at rest."""
    return made(tmp_path / "sent")


def refused(path: Path, run: Run) -> str:
    """What a project and the command line say of a file that they do not open; it must be as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ProjectFileError) as caught:
        Project.open(path, analyst=ANNA)
    outcome = run("articles", path)
    assert outcome.code == 1 and outcome.out == ""
    assert outcome.err.startswith("workbench: ") and outcome.err.count("\n") == 1
    assert str(caught.value).rstrip(".") in outcome.err
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not list(path.parent.glob(f"{path.name}-*"))
    return str(caught.value)


def overwrite(place: int, junk: bytes) -> Damage:
    """Puts other bytes at a place of the file."""

    def damage(path: Path) -> None:
        whole = path.read_bytes()
        path.write_bytes(whole[:place] + junk + whole[place + len(junk) :])

    return damage


def cut(bytes_left: int) -> Damage:
    """Leaves only the beginning of the file."""
    return lambda path: path.write_bytes(path.read_bytes()[:bytes_left])


def _foreign(path: Path) -> None:
    path.unlink()
    edit(path, "CREATE TABLE t (a)")


NOT_OPENED: dict[str, tuple[Damage, str]] = {
    "no database": (lambda path: path.write_text("Dear colleague,\n" * 40), "is not a workbench project"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "of another application": (
        _foreign,
        "of another program",
    ),
    "cut within the header": (cut(60), "is not a workbench project"),
    "cut after the header": (cut(100), "is damaged"),
    "cut after a page": (cut(4096), "is damaged"),
    "cut in the middle of a page": (cut(30_000), "is damaged"),
    "without its last byte": (lambda path: cut(path.stat().st_size - 1)(path), "is damaged"),
    "with a page of zeros": (overwrite(8192, bytes(4096)), "is damaged"),
    "with a page of noise": (overwrite(12288, b"\x0d\xfe" * 2048), "is damaged"),
    "without a list of tables": (overwrite(100, b"\xff" * 3996), "is damaged"),
    "with a schema that is no text": (
        lambda path: path.write_bytes(
            path.read_bytes().replace(b"CREATE VIEW annotation", b"\xff\xfeEATE VIEW annotation")
        ),
        "is damaged",
    ),
    "too new to read": (
        lambda path: edit(path, f"PRAGMA user_version = {FORMAT + 1}"),
        f"was written by a newer workbench (format {FORMAT + 1}; this one reads up to {FORMAT})",
    ),
    "with a trigger": (
        lambda path: edit(path, "CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM note; END"),
        "holds things no workbench put there (t)",
    ),
    "with a view": (lambda path: edit(path, "CREATE VIEW v AS SELECT 1"), "no workbench put there (v)"),
    "with a changed trigger": (
        lambda path: edit(
            path,
            "DROP TRIGGER change_no_update; CREATE TRIGGER change_no_update BEFORE UPDATE ON change"
            " BEGIN SELECT 1; END",
        ),
        "no workbench put there (change_no_update)",
    ),
    "without a table": (lambda path: edit(path, "DROP TABLE payload"), "lacks parts of a project"),
    "without a name": (lambda path: edit(path, "DELETE FROM meta"), "does not say which format may write it"),
    "with a name that leads elsewhere": (
        lambda path: edit(path, "UPDATE meta SET value = '../../../x' WHERE key = 'project_id'"),
        "does not say which project it is",
    ),
    "with an id of a wrong length": (
        lambda path: edit(
            path,
            "INSERT INTO change VALUES (900, x'01', 'tag', x'02', 'name', x'03', 1, 1, x'', x'04');"
            "UPDATE meta SET value = '' WHERE key = 'derived'",
        ),
        "is damaged",
    ),
    "with bytes that are no text": (
        lambda path: edit(path, "UPDATE meta SET value = CAST(x'ff' AS TEXT) WHERE key = 'project_id'"),
        "is damaged",
    ),
}


@pytest.mark.parametrize("name", NOT_OPENED)
def test_a_file_that_cannot_be_opened_is_told_and_left_alone(name: str, path: Path, run: Run) -> None:
    damage, words = NOT_OPENED[name]
    damage(path)
    assert words in refused(path, run)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_holds_nonsense_is_read_for_what_it_is_worth(name: str, path: Path, run: Run) -> None:
    HOSTILE[name](path)
    use(path)
    for command in (("articles",), ("articles", "--json"), ("search", "pumps"), ("export",)):
        outcome = run(command[0], path, *command[1:])
        assert outcome.code == 0 and outcome.err == "" and "\x1b" not in outcome.out


def test_what_a_hostile_log_adds_does_not_touch_what_was_there(path: Path) -> None:
    for name, damage in HOSTILE.items():
        if not name.startswith(("a derived", "ids", "an article", "a title", "numbers", "colours")):
            damage(path)
    with Project.open(path, analyst=ANNA) as project:
        shown = [one for one in project.passages() if one.quote == "pumps failed"]
        assert [tag.name for tag in shown[0].tags] == ["risk"] and shown[0].comments[0].body == "At night?"
        assert project.note("Alarm").citations[0].quote == "An alarm was heard"
        on(project, "Nobody heard", "fresh")
        assert "fresh" in [tag.name for tag in project.tags()]


def test_a_place_outside_the_text_shows_no_words_of_it(path: Path) -> None:
    HOSTILE["places outside the text"](path)
    with Project.open(path, analyst=ANNA) as project:
        odd = [one for one in project.passages() if one.comments and one.comments[0].body == "here"]
        assert len(odd) == 6 and all(one.start == one.end for one in odd)


def test_a_text_that_is_not_what_its_hash_says_is_called_damaged(path: Path) -> None:
    edit(path, "DROP TRIGGER text_no_update")
    edit(path, f"UPDATE text SET body = replace(body, 'failed', 'worked'); {_trigger('text_no_update')}")
    with Project.open(path, analyst=ANNA) as project:
        one = place(project, "one.txt")
        with pytest.raises(ProjectFileError, match="is damaged: malformed text"):
            project.text(one)
        with pytest.raises(ProjectFileError, match="is damaged: malformed text"):
            project.annotate_range(one, 0, 9, tags=["risk"])
        assert "worked" not in project.text(place(project, "two.txt"))
        assert not project.search("worked", scope=frozenset({"text"})).hits


def test_a_note_that_is_none_of_the_texts_written_is_called_damaged(path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        project.create_note("Pumps", "They failed at night.")
        project.create_note("Empty")
    edit(path, "UPDATE note SET body = replace(body, 'night', 'noon')")
    with Project.open(path, analyst=ANNA) as project, pytest.raises(ProjectFileError, match="is damaged"):
        project.notes()


def test_rows_that_an_index_misses_are_called_damage(path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        one = place(project, "one.txt")
    edit(
        path,
        "PRAGMA writable_schema = ON;"
        "UPDATE sqlite_schema SET sql = sql || ' WHERE seq < 0' WHERE name = 'change_of_thing';"
        "PRAGMA writable_schema = RESET; REINDEX change_of_thing; PRAGMA writable_schema = ON;"
        "UPDATE sqlite_schema SET sql = replace(sql, ' WHERE seq < 0', '') WHERE name = 'change_of_thing';",
    )
    with Project.open(path, analyst=ANNA) as project, pytest.raises(ProjectFileError, match="is damaged"):
        project.edit_article(one, {"title": "One"})


def _trigger(name: str) -> str:
    truth, _ = present_schema()
    return next(str(sql) for kind, found, sql in truth if (kind, found) == ("trigger", name))


def test_at_the_end_of_time_nothing_can_be_added(path: Path) -> None:
    say(path, "tag", TAGS[0], {"alive": True, "name": "last"}, lamport=HIGHEST_LAMPORT)
    with Project.open(path, analyst=ANNA) as project:
        assert "last" in [tag.name for tag in project.tags()]
        with pytest.raises(ProjectFileError, match="claims the last moment"):
            project.create_tag("next")


def test_absurd_times_are_read_and_nothing_is_added_after_them(path: Path) -> None:
    say(path, "tag", TAGS[0], {"alive": True, "name": "absurd"}, lamport=2**62)
    use(path)
    with Project.open(path, analyst=ANNA) as project, pytest.raises(ProjectFileError, match="last moment"):
        project.undo()


def test_times_below_the_first_do_not_hold_the_clock_back(path: Path) -> None:
    say(path, "tag", TAGS[0], {"alive": True, "name": "early"}, lamport=-(2**62))
    with Project.open(path, analyst=ANNA) as project:
        project.create_tag("next")
        assert {"early", "next"} <= {tag.name for tag in project.tags()}


def test_a_forged_change_is_found_by_a_check(path: Path, run: Run) -> None:
    forged(path)
    use(path)
    outcome = run("check", path)
    assert outcome.code == 1 and "hash" in outcome.out + outcome.err


ARTICLE = "A" * 26
COMMENT_PLACES = ("xx", None, "[1]", '[{},"a",[]]', f'["{ARTICLE}",0.5,2.5]', '["x",0,1]', "[" * 99_999)
DRAFTS: dict[str, dict[str, object]] = {
    **{f"a comment at {str(parent)[:20]}": {"parent": parent} for parent in COMMENT_PLACES},
    "a comment under no id": {"thing": "'; DROP TABLE note; --"},
    "a comment on something else than it was seen with": {"seen": f"{ARTICLE},x"},
    "of an unknown kind": {"kind": "evil"},
    "of an article outside a conflict": {"kind": "article"},
    "a note under no id": {"kind": "note", "thing": "x", "parent": "Title"},
    "a note without a title": {"kind": "note", "parent": None},
}


def put_draft(path: Path, **values: object) -> None:
    """Adds a draft of Anna's as any program could; what is not given is as it should be."""
    place = f'["{thing(path, "article")}",0,9]'
    row = {"kind": "comment", "thing": "C" * 25 + "A", "parent": place, "seen": None, **values}
    conn = sqlite3.connect(path)
    conn.execute(
        "INSERT INTO draft VALUES (:analyst, :kind, :thing, :session, :parent, :seen, :body, :saved)",
        {"analyst": ANNA.id, "session": "", "body": "forged words", "saved": 1, **row},
    )
    conn.commit()
    conn.close()


@pytest.mark.parametrize("name", DRAFTS)
def test_what_only_claims_to_be_a_draft_is_never_written(name: str, path: Path, run: Run) -> None:
    before = content(path)
    put_draft(path, **DRAFTS[name])
    use(path)
    assert run("articles", path).code == 0
    assert content(path) == before
    outcome = run("check", path, "--repair-to", path.parent / "new.db")
    assert outcome.code == 1 and outcome.out.count("draft 1 is nothing that a workbench writes") == 2
    assert run("check", path.parent / "new.db").code == 0


def test_a_draft_that_cannot_be_written_waits(path: Path, run: Run) -> None:
    put_draft(path, parent="")
    put_draft(path, thing="D" * 25 + "A", parent=f'["{ARTICLE}",0,9]')
    before = content(path)
    use(path)
    assert content(path) == before and "2 drafts" in run("check", path).out
    say(path, "tag", TAGS[0], {"alive": True, "name": "last"}, lamport=HIGHEST_LAMPORT)
    put_draft(path, thing="E" * 25 + "A")
    use(path)
    assert "3 drafts" in run("check", path).out


def test_a_proper_draft_becomes_a_change(path: Path) -> None:
    put_draft(path)
    with Project.open(path, analyst=ANNA) as project:
        assert "forged words" in [one.body for found in project.passages() for one in found.comments]


def test_a_draft_that_is_no_text_is_damage_and_left_out_of_a_repair(path: Path, run: Run) -> None:
    put_draft(path)
    edit(path, "UPDATE draft SET body = CAST(x'ff' AS TEXT)")
    with pytest.raises(ProjectFileError, match="is damaged"):
        Project.open(path, analyst=ANNA)
    assert "draft 1 is nothing" in run("check", path, "--repair-to", path.parent / "new.db").out
    use(path.parent / "new.db")


def test_a_text_of_64_megabytes_is_taken_in_and_read(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"word word.\n" * (64 * 2**20 // 11 + 1))
    with Project.open(tmp_path / "p.db", create=True, analyst=ANNA) as project:
        assert not project.import_paths([tmp_path / "big.txt"]).failed
        assert len(project.text(project.articles()[0].id)) >= 64 * 2**20


def test_a_value_beyond_all_measure_is_refused_in_words(path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        project._store.conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 100_000)
        with pytest.raises(ProjectFileError, match="a text is too long"):
            project.create_note("Huge", "x" * 100_001)
        assert [note.title for note in project.notes()] == ["Alarm"]


def test_a_blob_where_a_text_belongs_is_damage(path: Path, run: Run) -> None:
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute("UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'meta'")
    conn.commit()
    conn.close()
    conn = sqlite3.connect(path)
    conn.execute("INSERT INTO meta VALUES ('x', zeroblob(5000000))")
    conn.execute("PRAGMA writable_schema = ON")
    strict = (
        "UPDATE sqlite_schema SET sql = replace(sql, ') WITHOUT', ') STRICT, WITHOUT') WHERE name = 'meta'"
    )
    conn.execute(strict)
    conn.commit()
    conn.close()
    assert refused(path, run)


def test_looking_through_has_an_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "_STEPS", 1)
    conn = connection.connect(path).conn
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with (
        pytest.raises(ProjectFileError, match=r"took too long; .* `workbench check .* --repair-to NEW.db`"),
        connection.explained(path),
        guards.deadline(conn, 0.01),
    ):
        conn.execute(endless).fetchone()
    assert conn.execute("SELECT count(*) FROM meta").fetchone() == (3,)
    conn.close()


def test_a_big_file_is_given_more_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []

    def deadline(conn: sqlite3.Connection, seconds: float = 0.0) -> AbstractContextManager[None]:
        given.append(seconds)
        return nullcontext()

    monkeypatch.setattr(guards, "deadline", deadline)
    connection.connect(path).conn.close()
    size = path.stat().st_size
    assert max(given) == guards.patience(size) > guards.SECONDS
    assert guards.patience(100_000_000) == guards.SECONDS + 10


# Places


def test_a_file_that_may_not_be_written_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    monkeypatch.setattr("os.access", lambda place, mode: False)
    with Project.open(path, analyst=BEN) as project:
        assert project.read_only and "may not be written here" in project.warnings[0]
        with pytest.raises(ProjectFileError, match="read-only here; nothing was changed"):
            project.create_tag("x")
    use(path)
    assert path.read_bytes() == before and list(path.parent.glob("p.db*")) == [path]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("mode", ["file", "folder"])
def test_permissions_are_kept(path: Path, mode: str) -> None:
    place = path if mode == "file" else path.parent
    place.chmod(0o444 if mode == "file" else 0o555)
    try:
        with Project.open(path, analyst=BEN) as project:
            assert project.read_only and len(project.articles()) == 2
    finally:
        place.chmod(0o755)


def test_no_space_is_told_and_nothing_is_half_done(path: Path, tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys\n"
        "from workbench import Project\n"
        "from workbench.errors import ProjectFileError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "with Project.open(sys.argv[1]) as project:\n"
        "    project.create_tag('before')\n"
        "    size = project.path.stat().st_size\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "    try:\n"
        "        project.create_note('Big', 'word ' * 100_000)\n"
        "    except ProjectFileError as error:\n"
        "        print(error)\n"
        "    print([note.title for note in project.notes()])\n"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
    assert "nothing was changed" in outcome.stdout and outcome.stdout.endswith("['Alarm']\n")
    with Project.open(path, analyst=ANNA) as project:
        assert [note.title for note in project.notes()] == ["Alarm"]
        assert "before" in [tag.name for tag in project.tags()]


def test_a_file_that_another_program_writes_is_told(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import sqlite3, sys\n"
        "conn = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "conn.execute('BEGIN EXCLUSIVE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin and holder.stdout and holder.stdout.readline() == b"held\n"
    monkeypatch.setattr(connection, "BUSY_MS", 20)
    with pytest.raises(ProjectFileError, match="is being written by another program; try again"):
        Project.open(path, analyst=ANNA)
    holder.communicate(timeout=20)
    use(path)


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
nas:/share {share} nfs4 rw 0 0
/dev/sdb1 {share}/local ext4 rw 0 0
//srv/x {space} cifs rw 0 0
host:/home {over} ext4 rw 0 0
host:/home {over} fuse.sshfs rw 0 0
"""


def test_a_network_drive_is_told_and_work_goes_on(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path.resolve()
    table = MOUNTS.format(
        share=root / "sent", space=str(root / "my files").replace(" ", "\\040"), over=root / "over"
    )
    (tmp_path / "mounts").write_text(table)
    monkeypatch.setattr(drives, "MOUNTS", tmp_path / "mounts")
    with Project.open(path, analyst=ANNA) as project:
        assert "network drive (nfs4)" in project.warnings[0] and not project.read_only
        project.create_tag("x")
    kinds = {name: drives.network_drive(root / name / "p.db") for name in ("my files", "over", "sent/local")}
    assert kinds == {"my files": "cifs", "over": "fuse.sshfs", "sent/local": None}
    monkeypatch.setattr(drives, "MOUNTS", tmp_path / "none")
    assert drives.network_drive(path) is None


# Newer workbenches

NEWER = f"""
DROP VIEW annotation;
DROP TABLE tagging;
CREATE TABLE tagging (id TEXT PRIMARY KEY, strength INTEGER, passage TEXT) STRICT;
CREATE VIEW annotation AS SELECT * FROM tagging, nonsense('x');
CREATE TABLE claim (id TEXT PRIMARY KEY CHECK (id <> abs(-9223372036854775808)));
UPDATE meta SET value = 'LATER' WHERE key = 'derived';
UPDATE meta SET value = '{FORMAT + 1}' WHERE key = 'least_write';
"""


def test_a_log_that_can_be_read_is_read_though_its_tables_are_of_a_newer_workbench(path: Path) -> None:
    with Project.open(path, analyst=BEN) as project:
        shown, notes = project.passages(), project.notes()
    edit(path, NEWER)
    before = path.read_bytes()
    with Project.open(path, analyst=ANNA) as project:
        assert (project.passages(), project.notes()) == (shown, notes)
        assert project.read_only and f"writing takes format {FORMAT + 1}" in project.warnings[0]
        with pytest.raises(ProjectFileError, match="read-only"):
            project.create_tag("x")
    assert path.read_bytes() == before


def test_tables_too_new_to_write_but_known_are_read_only(path: Path) -> None:
    edit(path, f"UPDATE meta SET value = '{FORMAT + 1}' WHERE key = 'least_write'")
    with Project.open(path, analyst=ANNA) as project:
        assert project.read_only and "a newer workbench made this file" in project.warnings[0]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE meta SET value = '1' WHERE key = 'least_write'",
        "DROP TABLE payload; CREATE TABLE payload (change INTEGER, salt BLOB, body TEXT)",
        "CREATE INDEX lies ON change (lamport) WHERE lamport < 0",
        "DROP TRIGGER text_no_delete",
    ],
)
def test_what_only_claims_to_be_newer_is_refused(path: Path, run: Run, sql: str) -> None:
    edit(path, NEWER + sql)
    with pytest.raises(OddSchemaError) as caught:
        Project.open(path, analyst=ANNA)
    assert caught.value.path == path
    assert f"`workbench check {path} --repair-to NEW.db` makes a clean copy" in refused(path, run)
