"""Messages that travel between the app and its screens."""

from __future__ import annotations

from textual.message import Message


class ProjectChanged(Message, bubble=False):
    """The project's content is no longer what the screens show.

    The app sends it to every screen on the stack; a screen reads again what it shows in `on_project_changed`.

    Attributes:
        opened: another project was opened, so that ids kept by a screen mean nothing any more.
    """

    def __init__(self, *, opened: bool = False) -> None:
        super().__init__()
        self.opened = opened
