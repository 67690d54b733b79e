"""A list of up to hundreds of thousands of rows that draws only what is seen.

Textual's DataTable and OptionList take seconds to mount 100,000 rows. Here rows are rendered when they come
into sight. The list has no keys of its own: screens move it through their commands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from workbench.tui.widgets.bars import hinted

R = TypeVar("R")


class LineList(ScrollView, Generic[R], can_focus=True, inherit_bindings=False):
    """Rows of one or two lines with a cursor row.

    Attributes:
        rows: what is listed.
        cursor: index of the cursor row; 0 in an empty list.
        empty: what an empty list says ("No articles yet: {library.import} imports files").
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--cursor", "line-list--bar", "line-list--empty"}

    class Highlighted(Message):
        """The cursor came to another row, or its row changed. `index` is -1 in an empty list."""

        def __init__(self, line_list: LineList[Any], index: int) -> None:
            super().__init__()
            self.line_list = line_list
            self.index = index

        @property
        def control(self) -> LineList[Any]:
            """The list, so that handlers can select by its id."""
            return self.line_list

    class Selected(Highlighted):
        """A row was chosen by double click (or click, see `click_selects`) or `choose`."""

    class MenuRequested(Highlighted):
        """The right button was pressed on a row, which has the cursor now, at a `place` on the screen."""

        def __init__(self, line_list: LineList[Any], place: Offset) -> None:
            super().__init__(line_list, line_list.cursor)
            self.place = place

    class Resized(Message):
        """The list has another size: what stands over its columns must fit them again."""

    def __init__(
        self,
        render_row: Callable[[R, int], Content],
        *,
        key: Callable[[R], object] | None = None,
        row_height: int = 1,
        empty: str = "",
        click_selects: bool = False,
        selectable: Callable[[R], bool] | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Makes a list.

        Args:
            render_row: draws a row into that many cells; Content styles may name theme variables.
            key: what stays the same of a row when rows are set anew, so that the cursor stays with it.
            row_height: lines a row, 1 or 2.
            empty: what an empty list says; commands in it are shown by their keys, see `hinted`.
            click_selects: a single click chooses, as in a menu.
            selectable: rows for which it is False are headings that the cursor passes over.
        """
        super().__init__(id=id, classes=classes)
        self.rows: Sequence[R] = ()
        self.cursor = 0
        self.empty = empty
        self._render_row = render_row
        self._key = key or (lambda row: row)
        self._row_height = row_height
        self._click_selects = click_selects
        self._selectable = selectable or (lambda row: True)
        self._strips: dict[tuple[int, int, bool], list[Strip]] = {}

    @property
    def row_height(self) -> int:
        """Lines a row takes; setting it draws the list anew."""
        return self._row_height

    @row_height.setter
    def row_height(self, lines: int) -> None:
        if lines != self._row_height:
            self._row_height = lines
            self.virtual_size = Size(0, len(self.rows) * lines)
            self.refresh_rows()
            self._show_cursor()

    @property
    def current(self) -> R | None:
        """The row under the cursor; None where there is none to choose."""
        if self.rows and self._selectable(self.rows[self.cursor]):
            return self.rows[self.cursor]
        return None

    @property
    def is_at_first(self) -> bool:
        """Whether the cursor is on the first row there is to choose."""
        return not any(map(self._selectable, self.rows[: self.cursor]))

    def set_rows(self, rows: Sequence[R], cursor: int | None = None) -> None:
        """Lists these rows. The cursor goes to `cursor`, else stays with its row, else near its place."""
        old = self._key(self.rows[self.cursor]) if self.rows else None
        was_empty = not self.rows
        self.rows = rows
        if cursor is None:
            cursor = 0 if was_empty else self._place_of(old)
        self.cursor = self._nearest(cursor)
        self.virtual_size = Size(0, len(rows) * self._row_height)
        self.refresh_rows()
        self._show_cursor()
        self._tell()

    def refresh_rows(self) -> None:
        """Draws all rows anew, for when what `render_row` looks at has changed."""
        self._strips.clear()
        self.refresh()

    def move(self, rows: int) -> None:
        """Moves the cursor down (or up) by rows that can be chosen, stopping at the ends."""
        step = 1 if rows > 0 else -1
        at = self.cursor
        for _ in range(abs(rows)):
            there = at + step
            while 0 <= there < len(self.rows) and not self._selectable(self.rows[there]):
                there += step
            if not 0 <= there < len(self.rows):
                break
            at = there
        if at == self.cursor and step < 0 and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False)
        self.goto(at)

    def page(self, pages: int) -> None:
        """Moves the cursor by pages."""
        self.goto(self.cursor + pages * max(self._visible_rows - 1, 1))

    def goto(self, index: int) -> None:
        """Moves the cursor to that row, or the nearest that can be chosen, and scrolls it into view."""
        index = self._nearest(index)
        if index != self.cursor:
            before, self.cursor = self.cursor, index
            self._refresh_row(before)
            self._refresh_row(index)
            self._tell()
        self._show_cursor()

    def choose(self) -> None:
        """Says that the cursor row was chosen."""
        if self.current is not None:
            self.post_message(self.Selected(self, self.cursor))

    def render_line(self, y: int) -> Strip:
        """Draws one line of the viewport."""
        width = self.scrollable_content_region.width
        index, line = divmod(y + int(self.scroll_offset.y), self._row_height)
        if index >= len(self.rows):
            lines = [] if self.rows else hinted(self.empty).wrap(max(width - 1, 1))
            says = Content.assemble(" ", lines[y]) if y < len(lines) else Content("")
            return self._drawn(says, width, "line-list--empty")[0]
        return self._row_strips(index, width)[line]

    def notify_style_update(self) -> None:
        """Colours changed: nothing drawn before is good any more."""
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Keeps the cursor in view, and tells."""
        self._strips.clear()
        self._show_cursor()
        self.post_message(self.Resized())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The right button moves the cursor and asks for a menu."""
        if event.button == 3 and self._go_to_mouse(event):
            self.post_message(self.MenuRequested(self, event.screen_offset))

    def on_click(self, event: events.Click) -> None:
        """Moves the cursor; a double click chooses."""
        chooses = event.chain == 2 or (self._click_selects and event.chain == 1)
        if event.button == 1 and self._go_to_mouse(event) and chooses:
            self.choose()

    def _go_to_mouse(self, event: events.MouseEvent) -> bool:
        """Moves the cursor to the row under the mouse; whether there is one."""
        offset = event.get_content_offset(self)
        if offset is None:
            return False
        index = (offset.y + int(self.scroll_offset.y)) // self._row_height
        if index >= len(self.rows) or not self._selectable(self.rows[index]):
            return False
        self.goto(index)
        return True

    @property
    def _visible_rows(self) -> int:
        return max(self.size.height // self._row_height, 1)

    def _refresh_row(self, index: int) -> None:
        """Draws one row anew: over a slow line, drawing them all is felt."""
        top = index * self._row_height - int(self.scroll_offset.y)
        if -self._row_height < top < self.size.height:
            self.refresh(Region(0, top, self.size.width, self._row_height))

    def _place_of(self, key: object) -> int:
        if self.cursor < len(self.rows) and self._key(self.rows[self.cursor]) == key:
            return self.cursor
        return next((at for at, row in enumerate(self.rows) if self._key(row) == key), self.cursor)

    def _nearest(self, index: int) -> int:
        """The row at `index` or the nearest one after, else before it, that can be chosen."""
        last = len(self.rows) - 1
        index = max(0, min(index, last))
        after = (at for at in range(index, last + 1) if self._selectable(self.rows[at]))
        before = (at for at in range(min(index, last), -1, -1) if self._selectable(self.rows[at]))
        return next(after, next(before, 0))

    def _show_cursor(self) -> None:
        top = self.cursor * self._row_height
        bottom = top + self._row_height
        first, height = int(self.scroll_offset.y), self.size.height
        if height and top < first:
            self.scroll_to(y=top, animate=False, force=True)
        elif height and bottom > first + height:
            self.scroll_to(y=bottom - height, animate=False, force=True)

    def _tell(self) -> None:
        self.post_message(self.Highlighted(self, self.cursor if self.rows else -1))

    def _row_strips(self, index: int, width: int) -> list[Strip]:
        at_cursor = index == self.cursor and self._selectable(self.rows[index])
        found = self._strips.get((index, width, at_cursor))
        if found is None:
            if len(self._strips) > 2000:
                self._strips.clear()
            row = self._render_row(self.rows[index], max(width - 1, 1))
            bar = self._drawn(Content("▌"), 1, "line-list--bar")[0] if at_cursor else None
            drawn = self._drawn(row, max(width - 1, 1), "line-list--cursor" if at_cursor else None)
            blank = self._drawn(Content(" "), 1, None)[0]
            found = [Strip.join([bar or blank, strip]) for strip in drawn[: self._row_height]]
            while len(found) < self._row_height:
                found.append(self._drawn(Content(""), width, "line-list--cursor" if at_cursor else None)[0])
            self._strips[index, width, at_cursor] = found
        return found

    def _drawn(self, content: Content, width: int, component: str | None) -> list[Strip]:
        style = self.visual_style
        if component:
            style += Style.from_styles(self.get_component_styles(component))
        lines = content.split("\n", allow_blank=True)
        cut = Content("\n").join(line.truncate(width, ellipsis=True, pad=True) for line in lines)
        return Visual.to_strips(self, cut, width, None, style, pad=True)
