"""One line that says what to do next in the tour. The mouse skips a step or ends it; keys go past it."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message

from workbench.tui.widgets.bars import MUTED, spread
from workbench.tui.widgets.strip import Strip

_SKIP, _END = "skip", "end"
_BUTTONS = Content.assemble((_SKIP, "underline"), "  ", (_END, "underline"))


class TourStrip(Strip):
    """The line; hidden where no tour is under way."""

    DEFAULT_CSS = "TourStrip { background: $success 15%; }"
    rank = 2

    class Clicked(Message):
        """The user wants to `skip` the step, or else to end the tour."""

        def __init__(self, *, skip: bool) -> None:
            super().__init__()
            self.skip = skip

    def __init__(self) -> None:
        super().__init__()
        self._versions = [(Content(""), Content(""))]

    def show_step(self, count: str, words: Content, brief: Content, palette: str) -> None:
        """Shows a step.

        Args:
            count: which one of how many ("2/8").
            words, brief: what to do, in full, and in the few words for which there is always room.
            palette: the key of the palette, which leaves the tour as the mouse does.
        """
        number = (f"{count}  ", "bold")
        full, short = Content.assemble(number, words), Content.assemble(number, brief)
        hint = Content.styled(f"{palette} tour: ", MUTED)
        self._versions = [
            (Content.assemble("Tour ", full), Content.assemble(hint, _BUTTONS)),
            (full, _BUTTONS),
            (short, _BUTTONS),
            (short, Content("")),
        ]
        self.say(*self._fitting)

    def render(self) -> Content:
        return spread(*self._fitting, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Only the two words at the end do anything."""
        at = event.get_content_offset(self)
        if at is None or not self._fitting[1]:
            return
        from_end = self.size.width - at.x
        if 0 < from_end <= len(_END):
            self.post_message(self.Clicked(skip=False))
        elif 0 < from_end - len(_END) - 2 <= len(_SKIP):
            self.post_message(self.Clicked(skip=True))

    @property
    def _fitting(self) -> tuple[Content, Content]:
        """The longest version that there is room for."""
        fits = (
            (left, right)
            for left, right in self._versions
            if left.cell_length + right.cell_length + 2 <= self.size.width
        )
        return next(fits, self._versions[-1])
