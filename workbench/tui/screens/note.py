"""The screen of a note: what `NoteReading` shows, and all that changes the note.

What is typed is kept as a draft at most a second behind, and becomes one change when the editor is left: by
escape, by going to another screen, or by the end of the program.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.screen import ModalScreen

from workbench.errors import InputError
from workbench.text.counting import counted
from workbench.tui.commands import hint
from workbench.tui.messages import ProjectChanged
from workbench.tui.note_page import NotePage, Quote, read_page, renumbered, summary, words_in
from workbench.tui.note_saving import NoteSaving
from workbench.tui.screens.note_reading import NoteReading
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.quotation import choose_quotation
from workbench.tui.widgets.bars import UNDECIDED, UNDO, WAY_TO_DECIDE, quoted
from workbench.tui.widgets.note_editor import NoteEditor
from workbench.tui.widgets.note_view import NoteView
from workbench.tui.widgets.pane import Pane

EMPTY = "Nothing written yet: {note.edit} edits the note"
GONE = "This note is not there now: undo or redo (u, U) may bring it back"


class NoteScreen(NoteReading):
    """One note, named by its id. `fresh` is the title of one just made: it is opened for writing."""

    context = "note"
    contexts = ("quotes", "source", "editor")

    def __init__(self, note: str, *, fresh: str = "") -> None:
        super().__init__()
        self._note = note
        self._title = self._fresh = fresh
        self._quotes: list[Quote] = []
        self._inserted: list[Quote] = []
        self._saving: NoteSaving | None = None

    def on_mount(self) -> None:
        """Reads the note; a fresh one is being written from the first key on."""
        self._editor.display = False
        self.set_interval(1, self._show_facts)
        if self._fresh:
            self._begin("")
        self._read()

    def subject(self) -> tuple[str, str, str] | None:
        """The note."""
        return "note", self._note, self._title

    def on_unmount(self) -> None:
        """Whatever closes the screen, what was typed is written."""
        if self._saving:
            self._saving.finish(self._editor.text)

    def on_screen_suspend(self) -> None:
        """Another place takes over: what was typed is written. A mere box leaves the editor open."""
        if self._saving and not isinstance(self.app.screen, ModalScreen):
            self._saving.finish(self._editor.text)
        elif self._saving:
            self._saving.keep(self._editor.text)

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads again."""
        self._read()

    # Showing

    def _read(self) -> None:
        self.job(lambda: read_page(self.project, self._note), self._shown, group="page", label="Reading")

    def _shown(self, page: NotePage | None) -> None:
        self._page = page
        if page:
            self._title = page.note.title
            self._bring_up_to_date(page)
        nothing = hint(EMPTY) if page else GONE
        self._view.show(page.editable if page else "", page.quotes if page else (), nothing)
        self._show_quotes()
        self._show_facts()
        self.show_keys()
        self._refresh_source()

    def _bring_up_to_date(self, page: NotePage) -> None:
        """The editor shows what the project says now, unless something was typed meanwhile."""
        if self._saving:
            self._saving.title = page.note.title
            if self._editor.text == self._saving.finished != page.editable:
                self._editor.load(page.editable)
                self._saving.replaced(page.editable, page.rests_on)

    def _show_quotes(self) -> None:
        """The list beside the text; while one writes, numbered as the text cites now."""
        listed = list(self._page.quotes) if self._page else []
        if self._saving:
            known = {quote.passage for quote in listed}
            listed += [quote for quote in self._inserted if quote.passage not in known]
            listed = renumbered(listed, self._editor.text)
            self._editor.set_quotes(listed)
        self._quotes = listed
        self._rows.set_rows(listed)
        self.query_one("#quotes", Pane).set_heading("Quotes in this note", summary(listed) if listed else "")

    def _show_facts(self) -> None:
        """Top bar and heading: what is written, how long it is, and whether it is safe."""
        body = self._editor.text if self._saving else self._page.note.body if self._page else ""
        words = words_in(body)
        facts = counted(words, "word")
        if self._saving:
            facts = f"{self._saving.state(body)} · {facts}"
        self.show_place(f"Notes ▸ {self._title}", facts)
        current = "current note" if self.workbench.desk.current_note == self._note else ""
        if self._page and self._page.disputed:
            current = f"{UNDECIDED} {hint(WAY_TO_DECIDE)}"
        self.query_one("#text", Pane).set_heading(self._title, "editing" if self._saving else current)

    # Writing

    def _begin(self, text: str, seen: tuple[str, ...] = ()) -> None:
        self._editor.load_text(text)
        self._editor.move_cursor(self._editor.document.end)
        self._saving = NoteSaving(self.workbench, self._note, self._title, text, seen)
        self._forget_source()
        self._show_mode(self._editor)

    def _show_mode(self, focus: NoteView | NoteEditor) -> None:
        self._view.display = self._saving is None
        self._editor.display = self._saving is not None
        self.set_focus(focus)
        self._show_quotes()
        self._show_facts()

    @on(NoteEditor.Due)
    def _keep(self) -> None:
        if self._saving:
            self._saving.keep(self._editor.text)
            self._show_quotes()
            self._show_facts()

    def action_edit(self) -> None:
        """`e`: writes on at the end of the text."""
        if self._page:
            self._begin(self._page.editable, self._page.rests_on)

    def action_edit_outside(self) -> None:
        """`E`, and ctrl+o in the editor: the text in the user's own editor."""
        from workbench.tui.outside_editor import go_outside

        if self._saving:
            self._saving.keep(self._editor.text)
            left = go_outside(self, self._editor.text, self._title)
            if left is not None:
                self._editor.take(left)
        elif page := self._page:
            left = go_outside(self, page.editable, self._title)
            if left is not None:
                self._begin(page.editable, page.rests_on)
                self._editor.take(left)
                self.action_leave()

    def action_paste(self) -> None:
        """ctrl+v, from the list of commands: what was copied last."""
        self._editor.action_paste()

    def action_leave(self) -> None:
        """Escape in the editor: back to reading, the text saved."""
        if saving := self._saving:
            text = self._editor.text
            saving.finish(text, lambda: self._write_on(saving, text))
            self._saving = None
            self._inserted.clear()
            self._show_mode(self._view)
            self._read()

    def _write_on(self, saving: NoteSaving, text: str) -> None:
        """Back to the editor: the text could not be written, and must not go out of sight."""
        if self._saving is None:
            self._editor.load_text(text)
            self._saving = saving
            self._show_mode(self._editor)

    async def action_insert_quote(self) -> None:
        """ctrl+r: chooses a quotation and puts it where the cursor is."""
        await choose_quotation(self, self._quotes, self._insert)

    def _insert(self, quote: Quote) -> None:
        line = self._editor.cite(quote.handle)
        self._inserted.append(quote)
        self._show_quotes()
        number = next(one.number for one in self._quotes if one.passage == quote.passage)
        self.show_status(f"Inserted quote {number} at line {line}", "{editor.undo} undo")

    def action_undo_typing(self) -> None:
        """ctrl+z in the editor."""
        self._editor.undo()

    def action_redo_typing(self) -> None:
        """ctrl+y in the editor."""
        self._editor.redo()

    def action_indent(self) -> None:
        """Tab in the editor."""
        self._editor.indent()

    # The note as a thing

    def action_rename(self) -> None:
        """`r`: another title."""
        if self._page:
            note = self._page.note

            def rename(title: str) -> None:
                self._write(
                    lambda: self.project.rename_note(note.id, title), f"Renamed the note {quoted(title)}"
                )

            ask(self, "Title of the note", rename, initial=note.title, validate=needs_title)

    def action_delete(self) -> None:
        """`D`: deletes the note and closes it."""
        self._write(lambda: self.project.delete_note(self._note), f"Deleted the note {quoted(self._title)}")
        self.dismiss()

    def action_remove_quote(self) -> None:
        """`D` in the list: an uncited quote leaves it."""
        quote = self._quote
        if quote and quote.number is None:
            self._write(
                lambda: self.project.uncite(self._note, quote.passage),
                f"Took {quoted(quote.words)} off the list",
            )
        elif quote:
            self.show_status(hint("The text cites this quote: {note.edit} edits the text"))

    def action_make_current(self) -> None:
        """The note that `a` adds to, from now on."""
        self.workbench.desk.current_note = self._note
        self.workbench.desk.save()
        self.show_status(f"Made {quoted(self._title)} the current note", "{passage.note} adds to it")
        self._show_facts()

    def action_export(self) -> None:
        """`x`: exports this note."""
        from workbench.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(note=self._note))

    def disabled_reason(self, command_id: str) -> str | None:
        """What is about the note needs one that is there."""
        if self._page is None and command_id.startswith(("note.", "export")):
            return GONE
        return super().disabled_reason(command_id)

    def _write(self, work: Callable[[], object], said: str) -> None:
        """Writes, and says so when it is done, even if the screen was closed meanwhile."""
        app = self.workbench

        def done(_: object) -> None:
            app.toast(said, UNDO)
            app.post_project_changed()

        app.job(work, done, label="Saving")


def needs_title(title: str) -> None:
    """Refuses an empty title."""
    if not title:
        raise InputError("A note needs a title")
