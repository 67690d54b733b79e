"""A field for text of several lines in which nothing that stands there can act on the terminal."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import TextArea

from workbench.text.inert import inert


class InertTextArea(TextArea):
    """Draws its lines inert; the text itself stays what it is, code point for code point."""

    def take(self, text: str) -> None:
        """Puts a text in the place of all there is, as one step that undo takes back."""
        place = self.cursor_location
        self.replace(text, self.document.start, self.document.end)
        self.move_cursor(place)

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn; tabs are left to the field, which widens them."""
        parts = self.document.get_line(line_index).split("\t")
        return Text("\t".join(inert(part) for part in parts), end="", no_wrap=True)
