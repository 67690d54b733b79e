"""The notes of the project, with a preview of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from workbench.model import Note
from workbench.store.drafts import DraftText
from workbench.store.ids import random_id
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.tui.commands import hint
from workbench.tui.messages import ProjectChanged
from workbench.tui.note_page import NotePage, read_page, summary, words_in
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.note import NoteScreen, needs_title
from workbench.tui.screens.prompt import ask
from workbench.tui.widgets.bars import MUTED, UNDECIDED, UNDO, WAY_TO_DECIDE, quoted, spread
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.note_view import NoteView
from workbench.tui.widgets.pane import Pane

WIDTHS = [(0, "-narrow"), (100, "-wide")]
HEIGHTS = [(0, "-flat"), (18, "-high")]
EMPTY = "No notes yet: {notes.new} writes one, {passage.note} in the reading room begins one with a quote"
NEEDS_NOTE = frozenset({"notes.open", "notes.rename", "notes.current", "notes.delete"})


class NotesScreen(WorkbenchScreen):
    """All notes, last changed first."""

    context = "notes"
    CSS_PATH = "notes.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self) -> None:
        super().__init__()
        self._disputed: frozenset[str] = frozenset()

    def compose_body(self) -> ComposeResult:
        """The list and the preview."""
        rows: LineList[Note] = LineList(self._row, key=lambda note: note.id, empty="Reading…")
        view = NoteView(id="preview")
        view.can_focus = False
        with Container(id="notes"):
            yield Pane(rows, heading="Notes", id="list")
            yield Pane(view, id="one")

    def on_mount(self) -> None:
        """Reads the notes."""
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads again."""
        self._read()

    def on_screen_resume(self) -> None:
        """Another note may have become the current one."""
        self._rows.refresh_rows()

    @property
    def _rows(self) -> LineList[Note]:
        return self.query_one("#list LineList", LineList)

    def _read(self) -> None:
        def work() -> tuple[list[Note], frozenset[str]]:
            return self.project.notes(), self.project.disputed()

        self.job(work, self._shown, group="notes", label="Reading")

    def _shown(self, found: tuple[Sequence[Note], frozenset[str]]) -> None:
        notes, self._disputed = found
        self._rows.empty = EMPTY
        self._rows.set_rows(notes)
        facts = ["last changed first"] if len(notes) > 1 else []
        if any(note.id in self._disputed for note in notes):
            facts.append(f"{UNDECIDED} {hint(WAY_TO_DECIDE)}")
        self.query_one("#list", Pane).set_heading("Notes", " · ".join(facts))
        self.show_place("Notes", counted(len(notes), "note"))
        self.show_keys()

    @on(LineList.Highlighted)
    def _came_to(self) -> None:
        note = self._rows.current
        if note is None:
            self._preview(None)
        else:
            self.job(lambda: read_page(self.project, note.id), self._preview, group="preview")

    def _preview(self, page: NotePage | None) -> None:
        view = self.query_one("#preview", NoteView)
        pane = self.query_one("#one", Pane)
        if page:
            view.show(page.editable, page.quotes, "Nothing written yet")
            pane.set_heading(inert(page.note.title), summary(page.quotes) if page.quotes else "")
        else:
            view.show("", ())
            pane.set_heading("")
        view.to_edge(top=True)

    def _row(self, note: Note, width: int) -> Content:
        current = self.workbench.desk.current_note == note.id
        mark = ("● ", "$primary") if current else "  "
        disputed = (f" {UNDECIDED}", "bold $warning") if note.id in self._disputed else ""
        title = Content.assemble(mark, inert(note.title), disputed, (" current" if current else "", MUTED))
        changed = when(note.changed)
        facts = f"{words_in(note.body):>6,} w {len(note.citations):>3} q  {changed:>11}"
        return spread(title, Content.styled(facts, MUTED), width, least=24)

    # What keys do

    @on(LineList.Selected)
    async def _chosen(self) -> None:
        await self.action_open()

    def disabled_reason(self, command_id: str) -> str | None:
        """Some commands need a note."""
        if command_id in NEEDS_NOTE and self._rows.current is None:
            return hint(self._rows.empty)
        return super().disabled_reason(command_id)

    def subject(self) -> tuple[str, str, str] | None:
        """The note under the cursor."""
        note = self._rows.current
        return ("note", note.id, note.title) if note else None

    async def action_open(self) -> None:
        """Opens the note under the cursor."""
        if note := self._rows.current:
            await self.app.push_screen(NoteScreen(note.id))

    def action_new(self) -> None:
        """Asks for a title and opens a new note for writing; it becomes the current one."""
        ask(self, "Title of the new note", self._begin, validate=needs_title)

    def _begin(self, title: str) -> None:
        note = random_id()
        self.workbench.desk.current_note = note
        self.workbench.desk.save()
        app, project, empty = self.workbench, self.project, DraftText("note", note, title, "")
        app.job(lambda: project.finish_draft(empty), lambda _: app.post_project_changed())
        self.app.push_screen(NoteScreen(note, fresh=title))

    def action_rename(self) -> None:
        """Asks for another title."""
        note = self._rows.current
        if note is None:
            return

        def rename(title: str) -> None:
            self._write(lambda: self.project.rename_note(note.id, title), f"Renamed the note {quoted(title)}")

        ask(self, "Title of the note", rename, initial=note.title, validate=needs_title)

    def action_make_current(self) -> None:
        """The note that `a` adds to, from now on."""
        if note := self._rows.current:
            self.workbench.desk.current_note = note.id
            self.workbench.desk.save()
            self._rows.refresh_rows()
            self.show_status(f"Made {quoted(note.title)} the current note", "{passage.note} adds to it")

    def action_delete(self) -> None:
        """Deletes the note under the cursor."""
        if note := self._rows.current:
            self._write(lambda: self.project.delete_note(note.id), f"Deleted the note {quoted(note.title)}")

    def action_export(self) -> None:
        """Exports the note under the cursor, or the project where there is none."""
        from workbench.tui.screens.export import ExportScreen

        note = self._rows.current
        self.app.push_screen(ExportScreen(note=note.id if note else None))

    def _write(self, work: Callable[[], object], said: str) -> None:
        def done(_: object) -> None:
            self.toast(said, UNDO)
            self.workbench.post_project_changed()

        self.job(work, done, label="Saving")


def when(milliseconds: int) -> str:
    """A moment as people here read it: the time of today, else the day."""
    moment = datetime.fromtimestamp(milliseconds / 1000)
    if moment.date() == datetime.now().date():
        return f"{moment:%H:%M}"
    return f"{moment.day} {moment:%b %Y}"
