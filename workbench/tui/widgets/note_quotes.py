"""How the quotes of a note stand in a list: tall beside the text, on one line below it."""

from __future__ import annotations

from textual.content import Content

from workbench.text.inert import inert
from workbench.text.wrapping import wrap
from workbench.tui import theme
from workbench.tui.note_page import Quote
from workbench.tui.widgets.bars import MUTED, spread
from workbench.tui.widgets.line_list import LineList

TALL = 4
"""Lines of a row beside the text: two of words, the source, an empty one."""
_SOURCE = 30
"""Most cells of the source in a row of one line."""


class QuoteList(LineList[Quote]):
    """The quotes of a note."""

    context = "quotes"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(
            self._row,
            key=lambda quote: quote.passage,
            row_height=TALL,
            empty="No quotes yet: {passage.note} in the reading room adds one",
            id=id,
        )

    def set_tall(self, tall: bool) -> None:
        """Rows of several lines, or of one."""
        self._row_height = TALL if tall else 1
        self.set_rows(self.rows)

    def goto_passage(self, passage: str) -> None:
        """Moves the cursor to the quote of that passage, if it is listed."""
        for index, quote in enumerate(self.rows):
            if quote.passage == passage:
                self.goto(index)

    def _row(self, quote: Quote, width: int) -> Content:
        draw = tall_row if self._row_height > 1 else flat_row
        return draw(quote, width)


def tall_row(quote: Quote, width: int) -> Content:
    """Number, stripe, up to two lines of words, and below them the source."""
    words = " ".join(inert(quote.words).split())
    layout = wrap(words, max(width - 4, 1), spans=[(0, len(words))])
    lines = [words[slice(*layout.span(row))] for row in range(min(layout.rows, 2))]
    if layout.rows > 2:
        lines[1] = Content(f"{lines[1]} …").truncate(width - 4, ellipsis=True).plain
        lines[1] = lines[1] if lines[1].endswith("…") else f"{lines[1][:-1]}…"
    color = _color(quote)
    rows = [
        Content.assemble(_number(quote) if not row else " ", " ", ("┃", color), " ", line)
        for row, line in enumerate(lines)
    ]
    return Content("\n").join([*rows, Content.assemble("    ", _source(quote, width - 4))])


def flat_row(quote: Quote, width: int) -> Content:
    """Number, stripe, the beginning of the words, and the source on the right."""
    words = " ".join(inert(quote.words).split())
    left = Content.assemble(_number(quote), " ", ("┃", _color(quote)), " ", words)
    source = _source(quote, min(_SOURCE, max(width // 2, 8)), told=False)
    return spread(left, source, width, least=20)


def _number(quote: Quote) -> Content:
    if quote.number is None:
        return Content.styled("○", MUTED)
    return Content.styled(str(quote.number), chip(quote))


def chip(quote: Quote) -> str:
    """The style of a quote's number: on the colour of its first tag."""
    if quote.lost:
        return "bold $background on $error"
    return f"bold $background on {MUTED}" if quote.slot is None else theme.tag_chip(quote.slot)


def _color(quote: Quote) -> str:
    if quote.lost:
        return "$error"
    return MUTED if quote.slot is None else theme.tag_ink(quote.slot)


def _source(quote: Quote, width: int, *, told: bool = True) -> Content:
    """The source, cut before its date and paragraph; `told`: in words, too, what is the matter with it."""
    facts = [f" {quote.place}" if quote.place else ""]
    if quote.lost:
        facts.append(" source gone: words kept" if told else " gone")
    if quote.number is None and told:
        facts.append(" · not cited yet")
    tail = "".join(facts)
    name = Content(" ".join(inert(quote.source).split()))
    cut = name.truncate(max(width - len(tail), 6), ellipsis=True)
    return Content.assemble(cut, (tail, "$error") if quote.lost else tail).stylize_before(MUTED)
