"""Keeping what is typed into a note: drafts meanwhile, one change of the project when the editor is left."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from workbench.store.drafts import DraftText
from workbench.tui.widgets.bars import UNDO, quoted

if TYPE_CHECKING:
    from workbench.tui.app import WorkbenchApp


class NoteSaving:
    """Where the text of one note is while it is written. Its jobs outlive the screen that asks for them.

    Attributes:
        finished: the text as the project holds it, as far as this editor knows.
        title: the note's title, which a draft carries along.
    """

    def __init__(
        self, app: WorkbenchApp, note: str, title: str, text: str, seen: tuple[str, ...] = ()
    ) -> None:
        """Begins with `text` as it stands in the project, made of the changes `seen`."""
        self.finished = text
        self.title = title
        self._app = app
        self._note = note
        self._seen = seen
        self._kept = text
        self._kept_at = monotonic()

    def keep(self, text: str) -> None:
        """Keeps a draft, if the text is new."""
        if text == self._kept:
            return
        project, draft = self._app.project, self._draft(text)
        self._app.job(lambda: project.save_draft(draft), lambda _: self._safe(text))

    def finish(self, text: str, refused: Callable[[], object] | None = None) -> None:
        """Makes the text a change of the project, if it is new, and says so.

        Args:
            refused: called where it could not be written, so that the text stays in sight.
        """
        if text == self.finished:
            return
        project, draft, before = self._app.project, self._draft(text), self.finished
        self.finished = text

        def done(written: tuple[str, ...]) -> None:
            self._safe(text)
            if written:
                self._seen = (*self._seen, *written) if self._seen else ()
                self._app.show_status(f"Saved {quoted(draft.parent)}", UNDO)
                self._app.post_project_changed()

        def failed(error: Exception) -> None:
            self.finished = before
            self._app.toast(str(error), error=True)
            if refused:
                refused()

        self._app.job(lambda: project.finish_draft(draft), done, failed=failed, label="Saving")

    def replaced(self, text: str, seen: tuple[str, ...]) -> None:
        """The project changed under the editor, which now shows that."""
        self.finished, self._seen = text, seen
        self._safe(text)

    def state(self, text: str) -> str:
        """ "saved 2 s ago", or that the text as it is now is on its way."""
        if text != self._kept:
            return "saving …"
        seconds = int(monotonic() - self._kept_at)
        return f"saved {seconds} s ago" if seconds < 60 else f"saved {seconds // 60} min ago"

    def _safe(self, text: str) -> None:
        self._kept, self._kept_at = text, monotonic()

    def _draft(self, text: str) -> DraftText:
        return DraftText("note", self._note, self.title, text, self._seen)
