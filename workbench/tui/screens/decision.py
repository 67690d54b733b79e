"""Deciding: a field's versions side by side, an edit of them all, deletions that somebody contests."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from workbench.errors import InputError
from workbench.store.changes import Value
from workbench.store.conflicts import Conflict, Contested
from workbench.store.drafts import DraftKind, DraftText
from workbench.store.labels import field_name
from workbench.text.inert import inert
from workbench.text.versions import MARK, aligned, common, is_settled, union
from workbench.tui.deciding import LONG, SHORT, editable, moment, named
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchDialog, WorkbenchScreen
from workbench.tui.screens.prompt import KEEP_SECONDS, ask
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.text_area import InertTextArea
from workbench.tui.widgets.versions_view import VersionsView

DECIDED = "That is decided by now"
HINT = f"lines that begin with {MARK} keep the versions apart: take them out"


class DecisionScreen(WorkbenchScreen):
    """The versions of one field. It closes when one is taken."""

    context = "decision"
    CSS_PATH = "decision.tcss"

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self._conflict = conflict
        self._edited = conflict
        """The same with the texts as people edit them."""

    def compose_body(self) -> ComposeResult:
        """The comparison."""
        yield Pane(VersionsView(), heading=named(self._conflict))

    def on_mount(self) -> None:
        """Shows the versions."""
        self._view.chosen = len(self._conflict.versions) - 1
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads again: another version may have come, or somebody decided."""
        self._read()

    def _read(self) -> None:
        wanted = self._conflict

        def work() -> tuple[Conflict, Conflict] | None:
            for one in self.project.conflicts():
                if (one.kind, one.thing, one.field) == (wanted.kind, wanted.thing, wanted.field):
                    return one, editable(self.project, one)
            return None

        self.job(work, self._show, group="decision", label="Reading")

    def _show(self, found: tuple[Conflict, Conflict] | None) -> None:
        if found is None:
            if self.is_current:
                self.dismiss()
            return
        self._conflict, self._edited = found
        texts = [version.text for version in self._edited.versions]
        base = self._edited.base
        names = [
            f"{number} {version.analyst.name} · {moment(version.when)}"
            + (" · shown" if version.shown else "")
            for number, version in enumerate(self._edited.versions, 1)
        ]
        rows = aligned(common(texts) if base is None else base, texts)
        self._view.show(names, rows, "before both" if base is not None and len(texts) == 2 else
                        "before them all" if base is not None else "")  # fmt: skip
        self.query_one(Pane).set_heading(named(self._conflict), "+ added  - taken out  ~ changed")
        self.show_place(f"Conflicts ▸ {named(self._conflict)}", f"{len(texts)} versions")
        self.show_keys()

    def disabled_reason(self, command_id: str) -> str | None:
        """Only words can be edited here."""
        about = (self._conflict.kind, self._conflict.field)
        if command_id == "decision.edit" and about not in LONG | SHORT:
            return f"A {field_name(about[1])} cannot be edited here: take one of the versions"
        return super().disabled_reason(command_id)

    # Keys

    def action_choose(self, step: int) -> None:
        """Marks the next or previous version."""
        self._view.chosen = (self._view.chosen + step) % len(self._conflict.versions)
        self._view.draw()

    def action_take_chosen(self) -> None:
        """Takes the marked version."""
        self.action_take(self._view.chosen + 1)

    def action_take(self, number: int) -> None:
        """Takes a version by its number."""
        if number > len(self._conflict.versions):
            self.show_status(f"There are only {len(self._conflict.versions)} versions")
            return
        version = self._conflict.versions[number - 1]
        is_body = (self._conflict.kind, self._conflict.field) == ("note", "body")
        said = f"Took what {inert(version.analyst.name)} wrote as the {named(self._conflict)}"
        self._resolve(version.text if is_body else version.value, said)

    def action_edit(self) -> None:
        """Lets the user write one text of all versions, beginning with what they agree on."""
        edited = self._edited
        said = f"Wrote the {named(edited)} anew"
        if (edited.kind, edited.field) in SHORT:
            ask(
                self,
                f"The {named(edited)}",
                lambda text: self._resolve(text, said),
                initial=edited.versions[self._view.chosen].text,
                validate=_needs_words,
            )
            return
        texts = [version.text for version in edited.versions]
        begun = union(
            common(texts) if edited.base is None else edited.base,
            [(inert(version.analyst.name), version.text) for version in edited.versions],
        )
        self.job(
            lambda: self.project.sight(edited.thing),
            lambda seen: self.app.push_screen(
                UnionScreen(f"The {named(edited)}", begun, self._keeper(seen)),
                lambda text: self._wrote(text, said),
            ),
        )

    def _keeper(self, seen: tuple[str, ...]) -> Callable[[str], object] | None:
        """What keeps the text while it is written, for a note or comment, where a crash must lose nothing."""
        conflict = self._conflict
        if conflict.field != "body":
            return None
        kind: DraftKind = "note" if conflict.kind == "note" else "comment"
        title = conflict.label if kind == "note" else ""

        def keep(text: str) -> None:
            draft = DraftText(kind, conflict.thing, title, text, seen)
            self.workbench.job(lambda: self.workbench.project.save_draft(draft))

        return keep

    def _wrote(self, text: str | None, said: str) -> None:
        if text is None:
            thing = self._conflict.thing
            self.job(lambda: self.project.drop_draft(thing))
        else:
            self._resolve(text, said)

    def _resolve(self, value: Value, said: str) -> None:
        app, conflict = self.workbench, self._conflict

        def work() -> None:
            app.project.resolve(conflict.kind, conflict.thing, conflict.field, value)
            app.project.drop_draft(conflict.thing)

        def done(_: object) -> None:
            app.toast(said, "u undo")
            if self.is_current:
                self.dismiss()
            app.post_project_changed()

        app.job(work, done)

    # Scrolling

    def action_scroll(self, lines: int) -> None:
        """Scrolls by lines."""
        self._view.scrolled.scroll_relative(y=lines, animate=False)

    def action_list_page(self, pages: int) -> None:
        """Scrolls by pages."""
        height = max(self._view.scrolled.size.height - 1, 1)
        self._view.scrolled.scroll_relative(y=pages * height, animate=False)

    def action_list_top(self) -> None:
        """To the top."""
        self._view.scrolled.scroll_home(animate=False)

    def action_list_end(self) -> None:
        """To the end."""
        self._view.scrolled.scroll_end(animate=False)

    @property
    def _view(self) -> VersionsView:
        return self.query_one(VersionsView)


class UnionScreen(WorkbenchDialog[str]):
    """A text made of all versions, to be written into one. Closes with it, or with None to decide later."""

    context = "union"
    CSS_PATH = "decision.tcss"

    def __init__(self, title: str, begun: str, keep: Callable[[str], object] | None) -> None:
        super().__init__()
        self._title, self._kept, self._keep = title, begun, keep
        self._area = InertTextArea(begun, soft_wrap=True, compact=True, tab_behavior="focus")

    def compose_body(self) -> ComposeResult:
        """The text and what to do with it."""
        hint = "" if is_settled(self._area.text) else HINT
        yield Pane(self._area, Static(hint, id="hint", markup=False), heading=self._title)

    def on_mount(self) -> None:
        """Begins to keep what is typed."""
        self.set_focus(self._area)
        self.set_interval(KEEP_SECONDS, self._keep_text)

    def on_unmount(self) -> None:
        """The program may end while the text is open."""
        self._keep_text()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Nothing is refused any more."""
        self.query_one("#hint").set_class(False, "refused")

    def action_accept(self) -> None:
        """Closes with the text, once nothing in it keeps versions apart."""
        if is_settled(self._area.text):
            self._close(self._area.text)
            return
        hint = self.query_one("#hint", Static)
        hint.update(Content(f"There are {HINT}, or ^g decides later"))
        hint.set_class(True, "refused")

    def action_cancel(self) -> None:
        """Leaves everything undecided."""
        self._close(None)

    def _close(self, text: str | None) -> None:
        self._keep = None
        self.dismiss(text)

    def _keep_text(self) -> None:
        if self._keep and self._area.text != self._kept:
            self._kept = self._area.text
            self._keep(self._kept)


class ContestedDialog(WorkbenchDialog[bool]):
    """Whether something stays that somebody deleted; None to decide later."""

    context = "contested"
    CSS_PATH = "decision.tcss"

    def __init__(self, contested: Contested, where: str) -> None:
        super().__init__()
        self._contested, self._where = contested, where

    def compose_body(self) -> ComposeResult:
        """What happened, and the two ways."""
        item = self._contested
        who = [f"{inert(one.name)} deleted this on {moment(when)}." for one, when in item.deleted]
        parts = [
            Content.styled(named(item), "bold"),
            *([Content(inert(f"in {self._where}"))] if self._where else []),
            *(Content(line) for line in who),
            Content("Others worked on it without having seen that, so it lives until somebody decides."),
            Content.assemble(
                ("k", "bold"), " keeps it   ", ("D", "bold"), " deletes it with all that hangs on it"
            ),
        ]
        yield Pane(Static(Content("\n").join(parts), id="contested", markup=False), heading="Keep or delete?")

    def action_keep(self) -> None:
        """It stays."""
        self.dismiss(True)

    def action_delete(self) -> None:
        """It goes."""
        self.dismiss(False)


def _needs_words(text: str) -> None:
    if not text.strip():
        raise InputError("write something, or take one of the versions")
