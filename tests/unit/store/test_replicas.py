"""Three copies of a project, worked on and merged in any order, come to the same and lose nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.unit.store.project_tools import ANNA, BEN, damaged, new_project, on, rebuilt, tables
from workbench import Project
from workbench.errors import WorkbenchError
from workbench.store import backups, guards, verify
from workbench.store.fold import fold

REPLICAS = ((0, ANNA), (1, BEN), (2, ANNA))
"""Anna works on two machines, Ben on one."""

replica = st.sampled_from(range(len(REPLICAS)))
pick = st.integers(0, 10**6)
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=","), min_size=1, max_size=12
).filter(lambda text: bool(text.strip()))
tag_names = st.sampled_from(["risk", "Risk", "sea/risk", "Sea", "ma", "má"]) | words.map(
    lambda text: text.replace("/", "|")
)


class Replicas(RuleBasedStateMachine):
    """Random work on three copies; `written` holds every comment and saved query that a step accepted."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        with new_project(self.folder) as shared:
            passage = on(shared, "pumps failed", "risk", "sea/risk", comment="At night?")
            on(shared, "An alarm was heard", "risk")
            shared.create_note("Alarm", f"Cites {{{{Q{passage}}}}}")
        self.written: set[str] = set()
        self.projects = []
        for number, analyst in REPLICAS:
            path = Path(shutil.copy(self.folder / "p.db", self.folder / f"{number}.db"))
            self.projects.append(Project.open(path, analyst=analyst))

    @rule(
        on=replica, where=pick, length=st.integers(1, 12), names=st.lists(tag_names, min_size=1, max_size=2)
    )
    def tag(self, on: int, where: int, length: int, names: list[str]) -> None:
        project = self.projects[on]
        if articles := project.articles():
            article = articles[where % len(articles)]
            start = where % 5 * 7
            self._try(project.annotate_range, article.id, start, start + length, tags=names)

    @rule(on=replica, which=pick, name=tag_names, body=st.none() | words)
    def tag_again(self, on: int, which: int, name: str, body: str | None) -> None:
        project = self.projects[on]
        if passages := project.passages():
            one = passages[which % len(passages)]
            done = self._try(
                project.annotate_range, one.article, one.start, one.end, tags=[name], comment=body
            )
            self.written.update([body] if done and body else [])

    @rule(on=replica, where=pick, body=words)
    def comment(self, on: int, where: int, body: str) -> None:
        project = self.projects[on]
        if articles := project.articles():
            article = articles[where % len(articles)]
            if self._try(project.annotate_range, article.id, where % 3 * 9, 30, comment=body):
                self.written.add(body)

    @rule(on=replica, which=pick, body=words)
    def edit_comment(self, on: int, which: int, body: str) -> None:
        project = self.projects[on]
        comments = [one for passage in project.passages() for one in passage.comments]
        if comments and self._try(project.edit_comment, comments[which % len(comments)].id, body):
            self.written.add(body)

    @rule(on=replica, which=pick, body=words)
    def write_note(self, on: int, which: int, body: str) -> None:
        project = self.projects[on]
        notes, passages = project.notes(), project.passages()
        if passages and which % 3:
            body += f" {{{{{passages[which % len(passages)].handle}}}}}"
        if not notes or which % 4 == 0:
            project.create_note(f"Note {which % 3}", body)
        else:
            project.edit_note(notes[which % len(notes)].id, title=f"Title {which % 5}", body=body)

    @rule(on=replica, which=pick, name=tag_names)
    def change_tag(self, on: int, which: int, name: str) -> None:
        project = self.projects[on]
        if tags := project.tags():
            one, other = tags[which % len(tags)].id, tags[(which // 7) % len(tags)].id
            if which % 2:
                self._try(project.rename_tag, one, name)
            else:
                self._try(project.merge_tags, one, other)

    @rule(on=replica, which=pick, name=tag_names, query=words)
    def save_search(self, on: int, which: int, name: str, query: str) -> None:
        project = self.projects[on]
        saved = project.saved_searches()
        if not saved or which % 3 == 0:
            done = self._try(project.save_search, name, query)
        elif which % 3 == 1:
            done = self._try(project.change_search, saved[which % len(saved)].id, query)
        else:
            done = False
            self._try(project.rename_search, saved[which % len(saved)].id, name)
        self.written.update([" ".join(query.split())] if done else [])

    @rule(on=replica, which=pick, title=words)
    def edit_article(self, on: int, which: int, title: str) -> None:
        project = self.projects[on]
        if articles := project.articles():
            project.edit_article(
                articles[which % len(articles)].id, {"title": title, "grade": "AB"[which % 2]}
            )

    @rule(
        on=replica,
        which=pick,
        kind=st.sampled_from(["article", "passage", "tag", "note", "comment", "search", "tagging"]),
    )
    def delete(self, on: int, which: int, kind: str) -> None:
        project = self.projects[on]
        passages = project.passages()
        found: dict[str, Any] = {
            "article": lambda: project.articles(),
            "passage": lambda: passages,
            "tag": lambda: project.tags(),
            "note": lambda: project.notes(),
            "comment": lambda: [one for passage in passages for one in passage.comments],
            "search": lambda: project.saved_searches(),
            "tagging": lambda: [(one.id, tag.id) for one in passages for tag in one.tags],
        }
        if things := found[kind]():
            thing = things[which % len(things)]
            if kind == "tagging":
                project.remove_tag(*thing)
            else:
                getattr(project, f"delete_{kind}")(thing.id)

    @rule(on=replica, where=pick)
    def move(self, on: int, where: int) -> None:
        project = self.projects[on]
        if passages := project.passages():
            self._try(project.move_passage, passages[where % len(passages)].id, where % 9, 15 + where % 9)

    @rule(on=replica, back=st.booleans())
    def undo(self, on: int, back: bool) -> None:
        project = self.projects[on]
        project.undo() if back else project.redo()

    @rule(into=replica, out_of=replica)
    def merge(self, into: int, out_of: int) -> None:
        if into != out_of:
            self.projects[into].merge(self.projects[out_of].path)

    @rule(on=replica, which=pick, keep=st.booleans())
    def settle(self, on: int, which: int, keep: bool) -> None:
        project = self.projects[on]
        if found := project.conflicts():
            one = found[which % len(found)]
            version = one.versions[which % len(one.versions)]
            is_text = one.kind == "note" and one.field == "body"
            project.resolve(
                *(one.kind, one.thing, one.field),
                version.text if is_text else version.value,
                seen=one.seen,
            )
            left = {(other.kind, other.thing, other.field) for other in project.conflicts()}
            assert (one.kind, one.thing, one.field) not in left
        if contested := project.contested():
            claim = contested[which % len(contested)]
            project.decide(claim.kind, claim.thing, keep=keep)
            assert (claim.kind, claim.thing) not in {(one.kind, one.thing) for one in project.contested()}

    @invariant()
    def reading_never_fails(self) -> None:
        for project in getattr(self, "projects", ()):
            for passage in project.passages():
                assert passage.tags or passage.comments or passage.notes
            project.notes()
            project.saved_searches()

    def teardown(self) -> None:
        if not hasattr(self, "projects"):
            return
        try:
            for project in self.projects:
                assert tables(project) == rebuilt(project)
                assert damaged(project) == []
            self._every_order_gives_the_same()
        finally:
            for project in self.projects:
                project.close()
            shutil.rmtree(self.folder)

    def _every_order_gives_the_same(self) -> None:
        outcomes = []
        for number, order in enumerate([(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1)]):
            with self._copy(order[0], f"outcome{number}") as merged:
                for other in order[1:]:
                    merged.merge(self.projects[other].path)
                assert not merged.merge(self.projects[order[0]].path).is_news
                outcomes.append((log(merged), tables(merged)))
                assert tables(merged) == rebuilt(merged)
        with self._copy(1, "right") as right:
            right.merge(self.projects[2].path)
            with self._copy(0, "left") as left:
                left.merge(right.path)
                outcomes.append((log(left), tables(left)))
                self._nothing_is_lost(left)
        assert all(outcome == outcomes[0] for outcome in outcomes)

    def _nothing_is_lost(self, merged: Project) -> None:
        """Every text written is in the log, and shown unless what superseded it had seen it."""
        said, shown = set(), {one.body for passage in merged.passages() for one in passage.comments}
        queries = {one.query for one in merged.saved_searches()}
        conn = merged._store.conn
        histories: dict[bytes, list[Any]] = {}
        from workbench.store import changes

        for change in changes.read(conn):
            histories.setdefault(change.thing.encode(), []).append(change)
            if change.kind == "comment" and "body" in change.fields:
                said.add(change.value("body"))
            if change.kind == "search" and "query" in change.fields:
                said.add(change.value("query"))
        assert self.written <= said
        versions = {version.text for one in merged.conflicts() for version in one.versions}
        for history in histories.values():
            state = fold(history)
            if state.kind == "comment" and state.alive:
                place = state.values["passage"]
                hidden = conn.execute("SELECT 1 FROM shown_passage WHERE id = ?", (place,)).fetchone() is None
                for head in state.heads["body"]:
                    assert head.value("body") in shown | versions or hidden
            if state.kind == "search" and state.alive:
                for head in state.heads["query"]:
                    assert head.value("query") in queries | versions

    def _copy(self, number: int, name: str) -> Project:
        path = Path(shutil.copy(self.projects[number].path, self.folder / f"{name}.db"))
        return Project.open(path, analyst=REPLICAS[number][1])

    def _try(self, action: Any, *arguments: Any, **named: Any) -> bool:
        """Does what random arguments may make impossible; says whether it was done."""
        try:
            action(*arguments, **named)
        except WorkbenchError:
            return False
        return True


def log(project: Project) -> set[tuple[object, ...]]:
    """The changes of a project, whatever their row numbers, with contents and texts."""
    conn = project._store.conn
    texts = {("text", *row) for row in conn.execute("SELECT hash, body FROM text")}
    return {tuple(row[1:]) for row in verify.stored(conn)} | texts


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lets disk and backups be: these tests are about what a merge comes to."""
    monkeypatch.setattr(backups, "make", lambda *which: None)
    monkeypatch.setattr(guards, "PRAGMAS", guards.PRAGMAS.replace("EXTRA", "OFF"))
    yield


@pytest.mark.usefixtures("in_a_hurry")
def test_copies_worked_on_and_merged_in_any_order_come_to_the_same() -> None:
    run_state_machine_as_test(
        Replicas,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
