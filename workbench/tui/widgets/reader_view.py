"""The drawing half of the reader: a text in rows, what lies over and beside it, and which rows are in view.

Drawn line by line from offsets (Textual's line API). Only rows that changed are painted again, so that a key
press costs the same in a text of a megabyte as in a short one.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.model import Span
from workbench.text.wrapping import Layout
from workbench.tui.color_modes import color_mode
from workbench.tui.theme import tag_colors
from workbench.tui.widgets.reader_document import ReaderDocument
from workbench.tui.widgets.reader_inks import Inks
from workbench.tui.widgets.reader_margin import Margin
from workbench.tui.widgets.reader_marks import Hits, Mark, Shading, drawn
from workbench.tui.widgets.reader_paint import Geometry, RowPainter, minimap_segments
from workbench.tui.widgets.reader_selection import ReaderSelection

MEASURES = range(45, 81)
"""Cells a row of words may be wide."""
DEFAULT_MEASURE = 66
_COMFORT = 2
"""Rows that stay in view above and below what is being read."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What stays in place when the text is wrapped anew: an offset and the screen row it is held at. It was
    taken at a scroll position and a selection, and holds until either changes."""

    offset: int
    screen_row: int
    top: int
    selection: Span


class ReaderView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a document with marks, hits, labels and a selection. `Reader` adds what moves the selection."""

    class Wrapped(Message):
        """The rows of a long text are there."""

        def __init__(self, document: ReaderDocument, layout: Layout) -> None:
            super().__init__()
            self.document = document
            self.layout = layout

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--cursor",
        "reader--hit",
        "reader--label",
        "reader--muted",
        "reader--track",
        "reader--view",
    }
    DEFAULT_CSS = Path(__file__).with_name("reader.tcss").read_text(encoding="utf-8")

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._selection = ReaderSelection(ReaderDocument(""))
        self._marks: list[tuple[Span, Mark]] = []
        self._shading = Shading([])
        self._margin: Margin | None = None
        self._hits: Sequence[Span] = ()
        self._labels: Mapping[int, str] = {}
        self._measure = DEFAULT_MEASURE
        self._paragraph_alone = False
        self._layout: Layout | None = None
        self._painter: RowPainter | None = None
        self._minimap: tuple[tuple[int, int], list[Segment]] | None = None
        self._anchor: _Anchor | None = None
        self._is_wrapping = False
        self._height = 0
        """Rows on screen when the text was wrapped last: what was in view then is to stay there."""
        self._steady_top = 0
        """The first row on screen while that height lasted. Textual cuts the scroll position to a new height
        before anybody is told of it."""

    @property
    def document(self) -> ReaderDocument:
        """The text with its units."""
        return self._selection.document

    @property
    def measure(self) -> int:
        """The most cells a row of words takes, 45-80; setting it holds it to that and wraps anew."""
        return self._measure

    @measure.setter
    def measure(self, cells: int) -> None:
        self._measure = min(max(cells, MEASURES.start), MEASURES.stop - 1)
        self._reflow()

    @property
    def paragraph_alone(self) -> bool:
        """Whether the words outside the paragraph that is read step back; setting it draws anew."""
        return self._paragraph_alone

    @paragraph_alone.setter
    def paragraph_alone(self, alone: bool) -> None:
        self._paragraph_alone = alone
        self.refresh()

    def text_width(self, width: int) -> int:
        """Cells a row of words takes in a reader `width` cells wide: what to ask `ReaderDocument.layout` for
        beforehand, off the UI thread."""
        return Geometry.fit(width, self._measure).text_width

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Draw these annotated passages instead of the ones before."""
        self._marks = drawn(marks, self.document)
        self._shading = Shading(self._marks)
        self._margin = None
        self._repaint()

    def set_hits(self, spans: Sequence[Span]) -> None:
        """Highlight these ranges as found by a search; none removes the highlight."""
        if spans != self._hits:
            self._hits = spans
            self._repaint()

    def show_labels_at(self, labels: Mapping[int, str]) -> None:
        """Draw a label over the words at each of these offsets."""
        self._labels = dict(labels)
        self._repaint()

    def hide_labels(self) -> None:
        """Take the labels away."""
        self.show_labels_at({})

    def visible_range(self) -> Span:
        """Offsets of the words on screen; (0, 0) before there is a screen."""
        painter = self._ready()
        if painter is None:
            return 0, 0
        top, bottom = self._visible_rows()
        return painter.layout.span(top)[0], painter.layout.span(bottom)[1]

    def render_line(self, y: int) -> Strip:
        """Draw a row of the screen (from 0)."""
        painter = self._ready()
        if painter is None:
            return Strip.blank(self.size.width)
        selection = self._selection.span
        strip = painter.strip(self._top + y, selection, self.has_focus, self._lit(selection))
        minimap = self._minimap_column(painter)
        return Strip([*strip, minimap[min(y, len(minimap) - 1)]], self.size.width)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remembers where the text stands."""
        super().watch_scroll_y(old_value, new_value)
        if self.size.height == self._height:
            self._steady_top = round(new_value)

    def on_resize(self) -> None:
        """Wrap to the new width; what is being read stays where it is on screen."""
        self._reflow()

    def on_focus(self) -> None:
        """The selection shows strongly in the pane that has the keys."""
        self._minimap = None
        self.refresh()

    def on_blur(self) -> None:
        """The selection steps back in other panes."""
        self._minimap = None
        self.refresh()

    def notify_style_update(self) -> None:
        """Colours changed: nothing painted before holds."""
        super().notify_style_update()
        self._painter = None
        self._minimap = None

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether the wheel scrolls: there is no scrollbar to tell, the minimap stands in for it."""
        return self.max_scroll_y > 0

    @property
    def _top(self) -> int:
        return round(self.scroll_y)

    def _visible_rows(self) -> tuple[int, int]:
        """First and last row of the text on screen."""
        rows = self._layout.rows if self._layout else 1
        return min(self._top, rows - 1), min(self._top + self.size.height, rows) - 1

    def _repaint(self) -> None:
        """Paint all anew, the layout being the same."""
        self._painter = None
        self._minimap = None
        self.refresh()

    def _reflow(self) -> None:
        """Wrap anew; the selection, or the first words where that is out of view, keep their screen row."""
        if not self.size:
            return
        anchor = self._take_anchor()
        self._painter = None
        self._minimap = None
        painter = self._ready()
        if painter is None:
            return
        if anchor:
            row, last = painter.layout.row_of(anchor.offset), anchor.offset
            if anchor.offset == anchor.selection[0]:
                last = max(anchor.selection[1] - 1, last)
            lowest = self.size.height - 1 - (painter.layout.row_of(last) - row)
            self._scroll_to_row(row - min(anchor.screen_row, max(lowest, 0)))
            self._anchor = replace(anchor, top=self._top)
        self._height, self._steady_top = self.size.height, self._top
        self.refresh()

    def _take_anchor(self) -> _Anchor | None:
        """What to hold in place. The last one stays while nothing moved, so that resizing back and forth does
        not creep."""
        layout, top, selection = self._layout, self._steady_top, self._selection.span
        held = self._anchor
        if layout is None or (held and (held.top, held.selection) == (top, selection)):
            return held
        offset = selection[0]
        row = layout.row_of(offset)
        if not top <= row < top + (self._height or self.size.height):
            row = min(top, layout.rows - 1)
            offset = layout.span(row)[0]
        return _Anchor(offset, row - top, top, selection)

    def _ready(self) -> RowPainter | None:
        """The painter for the size, text, marks and colours of now; None before there is a size."""
        if self._painter is None and self.size.width > 0:
            geometry = Geometry.fit(self.size.width, self._measure)
            layout = self._layout = self._layout_for(geometry.text_width)
            self.virtual_size = Size(self.size.width, layout.rows)
            self._height = self._height or self.size.height  # its first `Resize` may come late
            if self._margin is None or self._margin.layout is not layout:
                self._margin = Margin(self._marks, layout)
            self._painter = RowPainter(
                self.document.text,
                layout,
                geometry,
                self._margin,
                self._shading,
                Hits(self._hits, self.document),
                self._inks(),
                self._labels,
            )
        return self._painter

    def _layout_for(self, width: int) -> Layout:
        """The rows of a width. Of a text of megabytes they are made in a thread, and until they are there the
        rows of the width before stay; a text just opened has one empty row."""
        document = self.document
        if document.has_at_hand(width):
            return document.layout(width)
        if not self._is_wrapping:
            self._is_wrapping = True
            make = partial(self._wrap, document, width)
            self.run_worker(make, thread=True, exit_on_error=False, group="wrap")
        return self._layout or Layout(width, array("q", [0]), array("q", [0]))

    def _wrap(self, document: ReaderDocument, width: int) -> None:
        self.post_message(self.Wrapped(document, document.wrapped(width)))

    def on_reader_view_wrapped(self, message: Wrapped) -> None:
        """Takes the rows that a thread has made."""
        message.stop()
        self._is_wrapping = False
        message.document.keep(message.layout)
        self._reflow()

    def _lit(self, selection: Span) -> Span | None:
        """The paragraphs around a selection where they alone are read; else None, for the whole text."""
        if not self._paragraph_alone:
            return None
        document, (start, end) = self.document, selection
        first, last = (document.paragraph_index(at) for at in (start, max(end - 1, start)))
        return document.paragraph(first)[0], document.paragraph(last)[1]

    def _inks(self) -> Inks:
        _, background = self.background_colors
        part = self.get_component_rich_style
        return Inks(
            background=background,
            foreground=self.styles.color,
            mode=color_mode(self.app),
            tags=tag_colors(self.app),
            base=Style.from_color(self.styles.color.rich_color, background.rich_color),
            cursor=part("reader--cursor"),
            hit=part("reader--hit"),
            marker=part("reader--label"),
            muted=part("reader--muted"),
        )

    def _minimap_column(self, painter: RowPainter) -> list[Segment]:
        height, rows = self.size.height, painter.layout.rows
        key = (self._top, height)
        if self._minimap is None or self._minimap[0] != key:
            view = None
            if rows > height:
                view = self._top * height // rows, -(-(self._top + height) * height // rows)
            part = self.get_component_rich_style
            cells = painter.margin.minimap(height)
            track, thumb = part("reader--track"), part("reader--view")
            self._minimap = key, minimap_segments(cells, view, painter.inks, track, thumb)
        return self._minimap[1]

    def _scroll_to_row(self, row: int) -> None:
        """Make `row` the first on screen, as far as the text reaches."""
        if self.size:
            self.scroll_to(y=min(max(row, 0), self.max_scroll_y), animate=False, force=True, immediate=True)
            self._height, self._steady_top = self.size.height, self._top

    def _show(self, span: Span, towards: int = 0) -> None:
        """Scroll so that a range is comfortably in view, if it is not.

        Going on (1) it comes to the upper part of the screen, going back (-1) to the lower, so that several
        moves follow without scrolling; jumping (0) to a third from the top.
        """
        painter = self._ready()
        if painter is None or span[0] >= span[1]:
            return
        height = self.size.height
        first, last = painter.layout.row_of(span[0]), painter.layout.row_of(span[1] - 1)
        margin = min(_COMFORT, (height - 1) // 4)
        highest = max(min(first - margin, self.max_scroll_y), 0)
        lowest = max(min(last - height + 1 + margin, self.max_scroll_y), 0)
        if lowest <= self._top <= highest:
            return
        wanted = last - height * 3 // 4 if towards < 0 else first - height // (4 if towards else 3)
        self._scroll_to_row(min(max(wanted, lowest), highest))

    def _refresh_changed(self, before: Span, after: Span) -> None:
        """Repaint the rows in which one of two selections lies but not the other."""
        painter = self._ready()
        if painter is None or before == after:
            return
        apart = before[1] <= after[0] or after[1] <= before[0]
        changed = [before, after] if apart else [sorted((before[0], after[0])), sorted((before[1], after[1]))]
        read, now_read = self._lit(before), self._lit(after)
        if read and now_read and read != now_read:
            changed = [read, now_read]
        top, bottom = self._visible_rows()
        regions = []
        for start, end in changed:
            first, last = painter.layout.row_of(start), painter.layout.row_of(max(end - 1, start))
            for row in range(max(first, top), min(last, bottom) + 1):
                regions.append(Region(0, row - top, painter.cells_to(row, end), 1))
        if regions:
            self.refresh(*regions)
