"""The history: who did what when, any step taken back, and the bin with what was deleted."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from workbench.errors import NotFoundError
from workbench.model import Analyst, Note, Passage, Tag
from workbench.store.bin import Deleted
from workbench.store.history import HistoryStep
from workbench.store.step_details import SetField
from workbench.text.inert import inert
from workbench.tui.commands import hint
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.prompt import choose
from workbench.tui.step_telling import deleted_row, deleted_told, step_row, step_told
from workbench.tui.widgets.bars import UNDO, quoted
from workbench.tui.widgets.inert_input import NarrowingInput
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane, query_line
from workbench.undoing import Undone

WIDTHS = [(0, "-narrow"), (100, "-wide")]
HEIGHTS = [(0, "-flat"), (18, "-high")]
PAGE = 200
"""Steps read at a time."""
NEAR_END = 40
"""Rows before the last from which on the next page is read."""
NO_STEP = "No step fits: {steps.clear} shows all"
EMPTY_BIN = "The bin is empty: what {library.delete} deletes waits here"


class StepFilter(NarrowingInput):
    """The line to type into."""

    context = "steps_filter"


class StepList(LineList[HistoryStep]):
    """The steps."""

    context = "history"


class BinList(LineList[Deleted]):
    """The bin."""

    context = "bin"


class HistoryScreen(WorkbenchScreen):
    """Steps, newest first, read page by page; or the bin."""

    context = "history"
    contexts = ("bin", "steps_filter")
    AUTO_FOCUS = "StepList"
    CSS_PATH = "history.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[HistoryStep] = []
        self._is_whole = False
        self._bin: Sequence[Deleted] = ()
        self._person: Analyst | None = None
        self._thing: tuple[str, str, str] | None = None

    def compose_body(self) -> ComposeResult:
        """The filter over the steps or the bin, and what exactly was done."""
        yield query_line(StepFilter(placeholder="type to filter: what was done, by whom"))
        with Container(id="history"):
            yield Pane(StepList(step_row, key=lambda step: step.name), heading="History", id="steps")
            yield Pane(
                BinList(deleted_row, key=lambda one: (one.kind, one.thing), empty=EMPTY_BIN),
                heading="Bin",
                id="bin",
            )
            scroll = VerticalScroll(Static(id="told", markup=False), can_focus=False)
            yield Pane(scroll, heading="What was done", id="details")

    def on_mount(self) -> None:
        """Reads the first page."""
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads again; in another project nothing is asked for any more."""
        if message.opened:
            self._person = self._thing = None
        self._read()

    def narrow(self, kind: str, thing: str, name: str) -> None:
        """Shows the steps on one thing alone."""
        self._thing = (kind, thing, name)
        self.remove_class("-bin")
        if self.is_mounted:
            self._rows.focus()
            self._read()

    # Reading

    def _read(self) -> None:
        self._is_whole = False
        self._read_page([])
        self.job(lambda: self.project.bin(), self._show_bin, group="bin")

    def _read_page(self, known: list[HistoryStep]) -> None:
        person, thing = self._person, self._thing
        before = known[-1].name if known else None
        limit = PAGE if known else max(PAGE, min(len(self._steps), 5 * PAGE))

        def work() -> list[HistoryStep]:
            return self.project.history(
                analyst=person.id if person else None,
                thing=thing[:2] if thing else None,
                before=before,
                limit=limit,
            )

        def done(page: list[HistoryStep]) -> None:
            self._steps = known + page
            self._is_whole = len(page) < limit
            self._show()

        self.job(work, done, group="steps", label="Reading the history")

    def _show(self) -> None:
        typed = self.query_one(StepFilter).value.casefold().split()
        found = [step for step in self._steps if _fits(f"{step.analyst.name} {step.words}", typed)]
        self._rows.empty = NO_STEP if self._is_whole else "Looking further back…"
        self._rows.set_rows(found)
        count = f"{len(found):,}{'' if self._is_whole else '+'} step{'' if len(found) == 1 else 's'}"
        only = [inert(self._person.name)] if self._person else []
        only += [inert(self._thing[2])] if self._thing else []
        self.query_one("#steps", Pane).set_heading("History", " · ".join(only))
        if not self.has_class("-bin"):
            self.show_place("History", " · ".join([*only, count]))
        self.show_keys()
        self._read_on()

    def _read_on(self) -> None:
        """Reads the next page when the cursor comes near the end of what is listed."""
        rows = self._rows
        if not self._is_whole and self._steps and rows.cursor >= len(rows.rows) - NEAR_END:
            self._read_page(self._steps)

    def _show_bin(self, found: Sequence[Deleted]) -> None:
        self._bin = found
        typed = self.query_one(StepFilter).value.casefold().split()
        fitting = [one for one in found if _fits(f"{one.analyst.name} {one.kind} {one.label}", typed)]
        self._binned.empty = NO_STEP.replace("step", "thing") if found else EMPTY_BIN
        self._binned.set_rows(fitting)
        if self.has_class("-bin"):
            self.show_place("History ▸ Bin", f"{len(fitting):,} deleted")
        self.show_keys()

    @on(LineList.Highlighted)
    def _came_to(self) -> None:
        if self.has_class("-bin"):
            one = self._binned.current
            self._tell(deleted_told(one) if one else Content(""))
            return
        step = self._rows.current
        self._read_on()
        if step is None:
            self._tell(Content(""))
            return

        def told(fields: list[SetField]) -> None:
            self._tell(step_told(step, fields))

        self.job(lambda: self.project.step_details(step.name), told, group="details")

    def _tell(self, words: Content) -> None:
        self.query_one("#told", Static).update(words)
        self.query_one("#details VerticalScroll", VerticalScroll).scroll_home(animate=False)

    @property
    def _rows(self) -> StepList:
        return self.query_one(StepList)

    @property
    def _binned(self) -> BinList:
        return self.query_one(BinList)

    # The filter

    @on(Input.Changed)
    def _typed(self) -> None:
        self._show()
        self._show_bin(self._bin)

    def action_filter(self) -> None:
        """Goes to the line to type into."""
        self.query_one(StepFilter).focus()

    def action_leave_filter(self) -> None:
        """Goes to the list, which stays filtered."""
        (self._binned if self.has_class("-bin") else self._rows).focus()

    def action_clear_filter(self) -> None:
        """Shows all again."""
        self.query_one(StepFilter).value = ""
        self.action_leave_filter()

    def action_back(self) -> None:
        """Escape takes back what narrows the list, then goes back."""
        if self.query_one(StepFilter).value:
            self.action_clear_filter()
        elif self._person or self._thing:
            self._person = self._thing = None
            self._read()
        else:
            super().action_back()

    def action_person(self) -> None:
        """Offers the people whose steps there are."""

        def offer(people: list[Analyst]) -> None:
            def only(index: int) -> None:
                self._person = people[index - 1] if index else None
                self._read()

            at = next((at for at, one in enumerate(people, 1) if one == self._person), 0)
            choose(self, "Whose steps", ["Everybody", *(inert(one.name) for one in people)], only, at=at)

        self.job(lambda: self.project.analysts(), offer)

    def action_only_article(self) -> None:
        """Shows the steps on the article of this one alone, or those on all again."""
        step = self._rows.current
        if self._thing:
            self._thing = None
            self._read()
        elif step and step.article:
            article = step.article

            def narrow(name: str) -> None:
                self.narrow("article", article, name)

            self.job(lambda: self._name_of(article), narrow)

    def _name_of(self, article: str) -> str:
        try:
            return self.project.article(article).label
        except NotFoundError:
            return "a deleted article"

    # What is done with a step

    def disabled_reason(self, command_id: str) -> str | None:
        """What needs a step, or something in the bin, needs one under the cursor."""
        if command_id in ("history.open", "history.revert", "history.article"):
            step = self._rows.current
            if step is None:
                return "No step is listed"
            if command_id == "history.article" and not step.article and not self._thing:
                return "This step is about no article"
        if command_id == "bin.restore" and self._binned.current is None:
            return hint(self._binned.empty)
        return super().disabled_reason(command_id)

    @on(LineList.Selected)
    def _chosen(self) -> None:
        if self.has_class("-bin"):
            self.action_restore()
        else:
            self.action_open()

    def action_open(self) -> None:
        """Shows what the step was about, where it stands now."""
        step = self._rows.current
        if step is None:
            return
        kind, thing = step.leads_to
        if kind == "passage":
            self.job(
                lambda: self.project.passage(thing), self._open_passage, failed=lambda _: self._gone(step)
            )
        elif kind == "article":
            self._open_article(step)
        elif kind == "note":
            self.job(lambda: self.project.note(thing), self._open_note, failed=lambda _: self._gone(step))
        elif kind == "tag":
            self.job(lambda: self.project.tag(thing), self._open_tag, failed=lambda _: self._gone(step))
        else:
            self.show_status("There is no place to show for this step")

    def _gone(self, step: HistoryStep) -> None:
        if step.article:
            self._open_article(step)
        else:
            self.show_status(hint("It is not there now: {history.bin} leads to the bin"))

    def _open_article(self, step: HistoryStep) -> None:
        article = step.article or ""

        def gone(_: Exception) -> None:
            self.show_status(hint("That article is not there now: {history.bin} leads to the bin"))

        self.job(
            lambda: self.project.article(article),
            lambda one: self.workbench.open_article(one.id),
            failed=gone,
        )

    def _open_passage(self, passage: Passage) -> None:
        self.workbench.open_article(passage.article, (passage.start, passage.end))

    def _open_note(self, note: Note) -> None:
        from workbench.tui.screens.note import NoteScreen

        self.app.push_screen(NoteScreen(note.id))

    def _open_tag(self, tag: Tag) -> None:
        from workbench.tui.screens.tag_passages import TagPassagesScreen

        self.app.push_screen(TagPassagesScreen(tag.id))

    def action_revert(self) -> None:
        """Takes this one step back, whoever did it; `u` takes that back."""
        step = self._rows.current
        if step is None:
            return

        def work() -> tuple[str, Undone]:
            done = self.project.revert(step.name)
            return self.project.history(limit=1)[0].words, done

        def done(result: tuple[str, Undone]) -> None:
            words, undone = result
            left = f" · left as changed since: {', '.join(undone.skipped)}" if undone.skipped else ""
            self.toast(f"{words}{left}", UNDO)
            self.workbench.post_project_changed()

        self.job(work, done, label="Taking back")

    # The bin

    def action_bin(self) -> None:
        """Shows the bin."""
        self.add_class("-bin")
        self._binned.focus()
        self.query_one("#details", Pane).set_heading("What was deleted")
        self._show_bin(self._bin)
        self._came_to()

    def action_steps(self) -> None:
        """Shows the steps."""
        self.remove_class("-bin")
        self._rows.focus()
        self.query_one("#details", Pane).set_heading("What was done")
        self._show()
        self._came_to()

    def action_restore(self) -> None:
        """Brings the thing under the cursor back."""
        one = self._binned.current
        if one is None:
            return

        def done(_: object) -> None:
            self.toast(f"Restored the {one.kind} {quoted(one.label)}", UNDO)
            self.workbench.post_project_changed()

        self.job(lambda: self.project.restore(one.kind, one.thing), done, label="Restoring")


def _fits(line: str, typed: Sequence[str]) -> bool:
    folded = line.casefold()
    return all(word in folded for word in typed)
