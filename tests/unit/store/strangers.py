"""Project files as a stranger could have made them: any row in the log or in the tables derived from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tests.unit.store.project_tools import ANNA, BEN, new_project, on
from workbench import Project
from workbench.store import changes
from workbench.store.changes import Value
from workbench.store.ids import digest, hash_bytes, to_bytes, to_text

LATER = 1_800_000_000_000


def made(folder: Path) -> Path:
    """A project at rest with a tag, a comment and a note that cites a passage."""
    with new_project(folder) as project:
        on(project, "pumps failed", "risk", comment="At night?")
        project.cite(None, project.articles()[1].id, 0, 18, title="Alarm")
    return folder / "p.db"


def edit(path: Path, sql: str) -> None:
    """Runs SQL on the file as any program could."""
    conn = sqlite3.connect(path)
    conn.executescript(sql)
    conn.close()


def thing(path: Path, kind: str) -> str:
    """The id of the first thing of a kind in the file."""
    conn = sqlite3.connect(path)
    (found,) = conn.execute(f"SELECT id FROM {kind} ORDER BY id LIMIT 1").fetchone()
    conn.close()
    return str(found)


def say(
    path: Path,
    kind: str,
    name: str,
    values: Mapping[str, Value],
    *,
    lamport: int = 1_000,
    wall: int = LATER,
    supersedes: Iterable[str] = (),
) -> None:
    """Adds a well-named change of Ben's, whatever it says, and has the tables made anew on opening."""
    written = changes.make(
        kind, name, dict(values), analyst=BEN.id, lamport=lamport, wall=wall, supersedes=supersedes
    )
    append(path, [written])


def append(path: Path, written: list[changes.Written]) -> None:
    """Adds changes as they are, and has the tables made anew on opening."""
    conn = sqlite3.connect(path)
    changes.append(conn, written)
    conn.execute("UPDATE meta SET value = '' WHERE key = 'derived'")
    conn.commit()
    conn.close()


def append_body(path: Path, kind: str, name: str, fields: tuple[str, ...], body: str) -> None:
    """Adds a change whose payload is this very text, named as it should be."""
    salt = bytes(16)
    payload = hash_bytes(salt + body.encode())
    identifier = changes.named(kind, name, fields, BEN.id, 1_000, LATER, (), payload)
    change = changes.Change(name, kind, name, fields, None, BEN.id, 1_000, LATER, ())
    append(path, [changes.Written(change, identifier, salt, body, payload)])


def add_text(path: Path, body: str, *, name: bytes | None = None) -> str:
    """Stores a text, under another hash where one is given; returns what a change calls it by."""
    raw = name or hash_bytes(body.encode())
    conn = sqlite3.connect(path)
    conn.execute("INSERT OR REPLACE INTO text VALUES (?, ?)", (raw, body))
    conn.commit()
    conn.close()
    return to_text(raw)


def use(path: Path) -> None:
    """Reads everything there is through the public doors."""
    with Project.open(path, analyst=ANNA) as project:
        for article in project.articles():
            text = project.text(article.id)
            for passage in project.passages(article=article.id):
                assert 0 <= passage.start <= passage.end <= len(text)
        for tag in project.tags():
            assert 0 <= tag.color < 14
        for tag in project.tags()[:3]:
            project.passages(tag=tag.id)
        project.notes()
        project.analysts()
        project.search("pumps alarm")
        assert project.export_markdown().startswith("---\n")


def nested_tags(path: Path, depth: int) -> None:
    """Adds a chain of tags, each below the one before."""
    names = [digest("deep", number) for number in range(depth)]
    append(
        path,
        [
            changes.make(
                "tag",
                name,
                {"alive": True, "name": str(number), "parent": names[number - 1] if number else None},
                analyst=BEN.id,
                lamport=1_000,
                wall=LATER,
                supersedes=(),
            )
            for number, name in enumerate(names)
        ],
    )


Damage = Callable[[Path], object]
"""Makes a hostile file of a good one."""

TAGS = [digest("circle", number) for number in range(3)]
LONG = "A long title " * 80_000


def _circle(path: Path) -> None:
    for field in ("parent", "merged_into"):
        for number, tag in enumerate(TAGS):
            say(path, "tag", tag, {"alive": True, "name": f"t{number}", field: TAGS[number - 1]})


def _anchors(path: Path) -> None:
    article = thing(path, "article")
    conn = sqlite3.connect(path)
    (text,) = conn.execute("SELECT text_hash FROM article WHERE id = ?", (article,)).fetchone()
    conn.close()
    places: list[tuple[Value, Value]] = [(-5, 3), (9, 4), (10**6, 10**7), (2**62, 2**63), ("a", None), (5, 5)]
    for number, (start, end) in enumerate(places):
        passage = digest("placed", number)
        anchor = [text, start, end, "words", "", ""]
        say(path, "passage", passage, {"alive": True, "article": article, "anchor": anchor})
        say(path, "comment", digest("said", number), {"alive": True, "passage": passage, "body": "here"})


def _article(**values: Value) -> Damage:
    return lambda path: say(path, "article", thing(path, "article"), values)


HOSTILE: dict[str, Damage] = {
    "tags in a circle": _circle,
    "tags 10,000 deep": lambda path: nested_tags(path, 10_000),
    "tag without a name": lambda path: say(path, "tag", TAGS[0], {"alive": True, "name": None}),
    "tag below nothing": lambda path: say(
        path, "tag", TAGS[0], {"alive": True, "name": "x", "parent": "nothing", "merged_into": "Ä" * 30}
    ),
    "colours that are none": lambda path: say(path, "tag", thing(path, "tag"), {"color": -7}),
    "places outside the text": _anchors,
    "an article without its text": _article(revision=TAGS[0]),
    "an article whose text is no hash": _article(revision="../../etc"),
    "a title of a megabyte": _article(title=LONG),
    "dates that are none": _article(published="9999-99-99", qualifier="[red]", basis="sworn", grade="Z"),
    "numbers where words belong": _article(title=7, publisher=[1, [2]], published=2023, author={"a": 1}),
    "a number that no column holds": _article(published=10**30, grade=-(10**30)),
    "endless nesting": lambda path: append_body(
        path, "article", thing(path, "article"), ("title",), "[" * 900 + "]" * 900
    ),
    "half a surrogate pair": lambda path: append_body(
        path, "article", thing(path, "article"), ("title",), '["\\ud800 x"]'
    ),
    "a body that is no JSON": lambda path: append_body(
        path, "article", thing(path, "article"), ("title",), "[1"
    ),
    "times beyond the calendar": lambda path: say(
        path, "comment", TAGS[0], {"alive": True, "passage": thing(path, "passage"), "body": "x"}, wall=2**62
    ),
    "times before it": lambda path: say(
        path, "note", TAGS[0], {"alive": True, "title": "Old", "body": None}, wall=-(2**62)
    ),
    "a note that cites what nobody knows": lambda path: say(
        path,
        "note",
        TAGS[0],
        {"alive": True, "title": "", "body": add_text(path, "{{Q" + "Z" * 26 + "}} {{QZZZZZ}} {{Q}}")},
    ),
    "citations of nothing": lambda path: say(
        path,
        "citation",
        TAGS[0],
        {"alive": True, "note": thing(path, "note"), "passage": TAGS[1], "start": -4, "end": -9},
    ),
    "kinds and fields of later versions": lambda path: say(path, "claim", TAGS[0], {"alive": True, "x": [1]}),
    "a derived table of lies": lambda path: edit(
        path,
        "UPDATE passage SET start = 500000, \"end\" = 400000, quote = '';"
        "UPDATE tag SET color = 1000, path = '';"
        "UPDATE article SET published = 'x-y-z', created = 9e18, basis = '', proposed = 'title,[red]';"
        "UPDATE comment SET created = -9e18, changed = 9e18; UPDATE note SET changed = 9e18;"
        "UPDATE citation SET start = -1; UPDATE tagging SET created = 9e18, analyst = '[red]';",
    ),
    "ids that are none": lambda path: edit(
        path,
        "UPDATE passage SET id = char(27) || '[2J' || id;"
        "UPDATE comment SET passage = char(27) || '[2J' || passage;"
        "UPDATE tagging SET passage = char(27) || '[2J' || passage; UPDATE note SET id = '';",
    ),
}
"""Files that open and are read, whatever they hold."""


def forged(path: Path) -> None:
    """Adds a change that is not what its hash says."""
    one = changes.make(
        "tag", TAGS[0], {"alive": True, "name": "x"}, analyst=BEN.id, lamport=9, wall=LATER, supersedes=()
    )
    append(path, [changes.Written(one.change, to_bytes(TAGS[1]), one.salt, one.body, one.payload_hash)])
