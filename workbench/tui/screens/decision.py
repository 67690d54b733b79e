"""Deciding: a field's versions side by side, an edit of them all, deletions that somebody contests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from workbench.errors import InputError
from workbench.store.changes import Value
from workbench.store.conflicts import Conflict, Contested
from workbench.store.drafts import UNDECIDED, DraftKind, DraftText
from workbench.store.labels import field_name
from workbench.text.inert import inert
from workbench.text.versions import MARK, is_settled
from workbench.tui.commands import hint, key
from workbench.tui.comparing import Begun, Comparison, find
from workbench.tui.deciding import LONG, SHORT, moment, named
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchDialog, WorkbenchScreen
from workbench.tui.screens.prompt import KEEP_SECONDS, ask
from workbench.tui.widgets.bars import UNDO
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.text_area import InertTextArea
from workbench.tui.widgets.versions_view import VersionsView

HINT = f"lines that begin with {MARK} keep the versions apart: take them out"
GOES_ON = "This goes on with what you wrote before; emptied and left with ^g, it begins anew"
LATER = "Nothing is decided; {decision.edit} goes on with what you wrote"
STILL_OPEN = "but another version came in meanwhile"


class DecisionScreen(WorkbenchScreen):
    """The versions of one field. It closes when one is taken."""

    context = "decision"
    CSS_PATH = "decision.tcss"

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self._shown = Comparison.unread(conflict)

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
        shown = self._shown
        self.job(
            lambda: Comparison.read(self.project, shown.conflict, shown.numbers),
            self._show,
            group="decision",
            label="Comparing",
        )

    def _show(self, found: Comparison | None) -> None:
        if found is None:
            if self.is_current:
                self.dismiss()
            return
        chosen, digits = self._shown.digits[self._view.chosen], found.digits
        self._view.chosen = digits.index(chosen) if chosen in digits else len(digits) - 1
        self._shown = found
        names = {
            digit: f"{version.analyst.name} · {moment(version.when)}" + (" · shown" if version.shown else "")
            for digit, version in zip(digits, found.edited.versions, strict=True)
        }
        base = "" if found.edited.base is None else "before both" if len(names) == 2 else "before them all"
        self._view.show(names, found.rows, base)
        self.query_one(Pane).set_heading(named(self._conflict), "+ added  - taken out  ~ changed")
        self.show_place(f"Conflicts ▸ {named(self._conflict)}", f"{len(names)} versions")
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
        self._view.mark((self._view.chosen + step) % len(self._conflict.versions))

    def action_take_chosen(self) -> None:
        """Takes the marked version."""
        self._take(self._view.chosen)

    def action_take(self, number: int) -> None:
        """Takes a version by its number."""
        digits = self._shown.digits
        if number in digits:
            self._take(digits.index(number))
        elif number <= len(self._shown.numbers):
            self.show_status(f"Version {number} is not there any more")
        else:
            self.show_status(f"There are only {len(digits)} versions")

    def _take(self, index: int) -> None:
        version = self._conflict.versions[index]
        is_body = (self._conflict.kind, self._conflict.field) == ("note", "body")
        said = f"Took what {inert(version.analyst.name)} wrote as the {named(self._conflict)}"
        self._resolve(version.text if is_body else version.value, self._conflict.seen, said)

    def action_edit(self) -> None:
        """Lets the user write one text of all versions, beginning with what they agree on."""
        edited = self._shown.edited
        if (edited.kind, edited.field) in SHORT:
            ask(
                self,
                f"The {named(edited)}",
                lambda text: self._resolve(text, edited.seen, f"Wrote the {named(edited)} anew"),
                initial=edited.versions[self._view.chosen].text,
                validate=_needs_words,
            )
        else:
            self.job(lambda: Begun.read(self.project, edited), self._write, label="Comparing")

    def _write(self, begun: Begun) -> None:
        conflict = self._conflict

        def wrote(text: str | None) -> None:
            if text is None:
                self._leave_undecided()
                return
            said = f"Wrote the {named(conflict)} anew"
            self._resolve(text, begun.seen, said, refused=lambda: self._write(replace(begun, text=text)))

        self.app.push_screen(UnionScreen(f"The {named(conflict)}", begun, self._keeper(begun.seen)), wrote)

    def _keeper(self, seen: tuple[str, ...]) -> Callable[[str], object]:
        """What keeps the text while it is written: a crash loses nothing of it and decides nothing."""
        app, conflict = self.workbench, self._conflict

        def keep(text: str) -> None:
            title = conflict.label if conflict.kind == "note" else ""
            draft = DraftText(cast(DraftKind, conflict.kind), conflict.thing, title, text, seen, UNDECIDED)
            if text.strip():
                app.job(lambda: app.project.save_draft(draft))
            else:
                app.job(lambda: app.project.drop_draft(draft.thing, UNDECIDED))

        return keep

    def _leave_undecided(self) -> None:
        thing = self._conflict.thing
        self.job(
            lambda: self.project.undecided_draft(thing),
            lambda kept: self.show_status(hint(LATER) if kept else ""),
        )
        self._read()

    def _resolve(
        self,
        value: Value,
        seen: Sequence[str],
        said: str,
        refused: Callable[[], object] | None = None,
    ) -> None:
        """Decides between the versions `seen`. `refused`: the value was written, and comes to nothing."""
        app, wanted = self.workbench, self._conflict

        def work() -> bool:
            app.project.resolve(wanted.kind, wanted.thing, wanted.field, value, seen=seen)
            is_open = find(app.project, wanted) is not None
            if refused or not is_open:
                app.project.drop_draft(wanted.thing, UNDECIDED)
            return is_open

        def done(is_open: bool) -> None:
            app.toast(f"{said}, {STILL_OPEN}" if is_open else said, UNDO)
            if self.is_current and not is_open:
                self.dismiss()
            app.post_project_changed()

        def failed(error: Exception) -> None:
            app.toast(str(error), error=True)
            if refused and self.is_current:
                refused()

        app.job(work, done, failed=failed)

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
    def _conflict(self) -> Conflict:
        return self._shown.conflict

    @property
    def _view(self) -> VersionsView:
        return self.query_one(VersionsView)


class UnionScreen(WorkbenchDialog[str]):
    """A text made of all versions, to be written into one. Closes with it, or with None to decide later."""

    context = "union"
    CSS_PATH = "decision.tcss"

    def __init__(self, title: str, begun: Begun, keep: Callable[[str], object]) -> None:
        super().__init__()
        self._title, self._begun, self._keep = title, begun, keep
        self._kept = begun.text
        self._area = InertTextArea(begun.text, soft_wrap=True, compact=True, tab_behavior="focus")

    def compose_body(self) -> ComposeResult:
        """The text and what to do with it."""
        hints = [GOES_ON] if self._begun.goes_on else []
        hint = "\n".join(hints if is_settled(self._begun.text) else [*hints, HINT])
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
            self._keep_text()
            self.dismiss(self._area.text)
            return
        hint = self.query_one("#hint", Static)
        hint.update(Content(f"There are {HINT}, or {key('union.discard')} decides later"))
        hint.set_class(True, "refused")

    def action_cancel(self) -> None:
        """Leaves everything undecided; what was written is kept."""
        self._keep_text()
        self.dismiss(None)

    def _keep_text(self) -> None:
        if self._area.text != self._kept:
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
