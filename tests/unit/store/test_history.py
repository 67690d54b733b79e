"""Random histories: folding step by step equals folding from nothing, and undo takes everything back."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.unit.store.project_tools import TEXTS, damaged, new_project, rebuilt, tables
from workbench.errors import InputError

NAMES = st.sampled_from(["risk", "Risk", "pump/old", "pump", "má", "ma", "region / Asia"])
WORDS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=12
)
ARTICLES = st.sampled_from(sorted(TEXTS))
SHOWN = ("passage", "tag", "tagging", "comment", "note", "citation", "article")


class History(RuleBasedStateMachine):
    """An analyst at work, with undo and redo at any moment."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.project = new_project(self.folder)
        self.undone = 0

    def teardown(self) -> None:
        self.check_everything()
        self.project.close()
        shutil.rmtree(self.folder)

    def check_everything(self) -> None:
        stepwise = tables(self.project)
        assert stepwise == rebuilt(self.project)
        assert damaged(self.project) == []
        final = _shown(self.project)
        steps = 0
        while (done := self.project.undo()) is not None:
            assert done.skipped == ()
            steps += 1
        assert [article.file for article in self.project.articles()] == []
        assert _shown(self.project) == ([], [], [], [])
        for _ in range(steps):
            assert self.project.redo() is not None
        assert _shown(self.project) == final

    def did(self) -> None:
        self.undone = 0

    def some(self, things: list[object], pick: int) -> object:
        return things[pick % len(things)]

    @rule(
        name=ARTICLES, start=st.integers(0, 30), length=st.integers(1, 20), tag=NAMES, said=st.none() | WORDS
    )
    def annotate(self, name: str, start: int, length: int, tag: str, said: str | None) -> None:
        if said is not None and not said.strip():
            return
        self._on(
            name, lambda a: self.project.annotate_range(a, start, start + length, tags=[tag], comment=said)
        )

    @rule(name=ARTICLES, start=st.integers(0, 30), length=st.integers(1, 20), title=WORDS)
    def cite(self, name: str, start: int, length: int, title: str) -> None:
        if not title.strip():
            return
        notes = self.project.notes()
        target = min(notes, key=lambda one: (one.title, one.body)).id if notes and start % 2 else None
        self._on(name, lambda a: self.project.cite(target, a, start, start + length, title=title))

    @precondition(lambda self: self.project.passages())
    @rule(pick=st.integers(0, 9), start=st.integers(0, 30), length=st.integers(1, 20))
    def move(self, pick: int, start: int, length: int) -> None:
        passage = self.some(self.project.passages(), pick)
        self._unless_same(lambda: self.project.move_passage(passage.id, start, start + length))

    @precondition(lambda self: self.project.passages())
    @rule(pick=st.integers(0, 9), what=st.sampled_from(["passage", "tag", "comment"]))
    def take_off(self, pick: int, what: str) -> None:
        passage = self.some(self.project.passages(), pick)
        if what == "passage":
            self.project.delete_passage(passage.id)
        elif what == "tag" and passage.tags:
            self.project.remove_tag(passage.id, passage.tags[0].id)
        elif what == "comment" and passage.comments:
            self.project.delete_comment(passage.comments[0].id)
        else:
            return
        self.did()

    @precondition(lambda self: self.project.tags())
    @rule(pick=st.integers(0, 9), other=st.integers(0, 9), name=NAMES, how=st.integers(0, 3))
    def change_tag(self, pick: int, other: int, name: str, how: int) -> None:
        found = self.project.tags()
        tag, second = self.some(found, pick), self.some(found, other)
        change = (
            lambda: self.project.rename_tag(tag.id, name),
            lambda: self.project.merge_tags(tag.id, second.id),
            lambda: self.project.change_tag(tag.id, color=other, description=name),
            lambda: self.project.delete_tag(tag.id),
        )[how]
        try:
            self._unless_same(change)
        except InputError:
            return

    @precondition(lambda self: self.project.notes())
    @rule(title=WORDS, body=WORDS)
    def edit_note(self, title: str, body: str) -> None:
        if title.strip():
            note = min(self.project.notes(), key=lambda one: (one.title, one.body))
            self._unless_same(lambda: self.project.edit_note(note.id, title=title, body=note.body + body))

    @precondition(lambda self: self.project.articles())
    @rule(pick=st.integers(0, 9), title=st.none() | WORDS, delete=st.booleans())
    def change_article(self, pick: int, title: str | None, delete: bool) -> None:
        article = self.some(self.project.articles(), pick)
        if delete:
            self.project.delete_article(article.id)
            self.did()
        else:
            self._unless_same(lambda: self.project.edit_article(article.id, {"title": title, "grade": "B"}))

    @rule()
    def undo(self) -> None:
        if self.project.undo() is not None:
            self.undone += 1

    @rule()
    def redo(self) -> None:
        done = self.project.redo()
        assert (done is not None) == (self.undone > 0)
        self.undone = max(0, self.undone - 1)

    @invariant()
    def tables_are_what_the_log_says(self) -> None:
        assert tables(self.project) == rebuilt(self.project)

    def _on(self, name: str, act) -> None:  # type: ignore[no-untyped-def]
        found = [article for article in self.project.articles() if article.file == name]
        if found:
            self._unless_same(lambda: act(found[0].id))

    def _unless_same(self, act) -> None:  # type: ignore[no-untyped-def]
        """Runs an action; one that changed nothing leaves the redo stack alone."""
        before = _length(self.project)
        act()
        if _length(self.project) > before:
            self.did()


def _length(project) -> int:  # type: ignore[no-untyped-def]
    return int(project._store.conn.execute("SELECT count(*) FROM change").fetchone()[0])


def _shown(project) -> tuple[list[object], ...]:  # type: ignore[no-untyped-def]
    """What an analyst sees, without times (a thing brought back is younger than it was)."""
    return (
        [
            (
                p.id,
                p.start,
                p.end,
                p.quote,
                sorted(t.name for t in p.tags),
                sorted(c.body for c in p.comments),
            )
            for p in project.passages()
        ],
        [(t.name, t.color, t.description, t.passages) for t in project.tags()],
        sorted((n.title, n.body, [(c.quote, c.lost) for c in n.citations]) for n in project.notes()),
        [(a.title, a.grade, a.file, a.passages, a.tags, a.notes) for a in project.articles()],
    )


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
