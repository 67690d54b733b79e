"""What the panes of the reading room show beside and of the texts: which tags, and one paragraph or all.

Both are kept on the desk. Passages, counts and exports have nothing to do with it.
"""

from __future__ import annotations

from workbench.tui.margin_views import MarginView
from workbench.tui.screens.reading_panes import ReadingPanes
from workbench.tui.widgets.bars import quoted

_SAID = {
    "all": "The margins show all tags",
    "recent": "The margins show what was written in the last day",
    "mine": "The margins show what you wrote",
    "off": "The margins show nothing; the tags are all there",
}


class ReadingViews(ReadingPanes):
    """A screen whose panes show what the desk says of margins and paragraphs."""

    def action_margins(self) -> None:
        """`b b`: all tags, the tag here alone, the recent ones, one's own, none, and again."""
        desk = self.workbench.desk
        here = [tag.id for passage in self.passages_here() for tag in passage.tags]
        desk.margins = desk.margins.following(next(iter([*here, *desk.recent_tags]), None))
        self.read_again()

    def action_paragraph_alone(self) -> None:
        """`b f`: all but the paragraph that is read steps back, or all comes forward again."""
        desk = self.workbench.desk
        desk.paragraph_alone = not desk.paragraph_alone
        for pane in self.grid.panes:
            pane.reader.paragraph_alone = desk.paragraph_alone
        said = "One paragraph stands out" if desk.paragraph_alone else "All paragraphs stand alike"
        self.show_status(said, "{view.paragraph} takes it back")

    def show_view(self, view: MarginView) -> None:
        """Draws the panes under the choice of the moment, and says what it is where it has changed."""
        before = {pane.view.choice for pane in self.grid.panes if pane.text_hash}
        for pane in self.grid.panes:
            pane.show_view(view)
            pane.reader.paragraph_alone = self.workbench.desk.paragraph_alone
        if before and before != {view.choice}:
            said = _SAID.get(view.choice.show, f"The margins show the tag {quoted(view.tag_name)} alone")
            self.show_status(said, "{view.margins} shows others")
