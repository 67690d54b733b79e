"""The line that says how far the search index is, while it is being built."""

from __future__ import annotations

from textual.content import Content

from workbench.tui.widgets.bars import MUTED, Bar, progress_bar


class IndexBar(Bar):
    """Seen only while there is something to wait for."""

    DEFAULT_CSS = "IndexBar { padding: 0 1; display: none; }"

    def show_progress(self, indexed: int, to_index: int) -> None:
        """Shows how many of the pieces there are can be found already."""
        self.display = indexed < to_index
        if self.display:
            self.show(
                Content.assemble(f"Indexing {indexed:,} of {to_index:,} ", progress_bar(indexed, to_index)),
                Content.styled("answers come from what is there", MUTED),
            )
