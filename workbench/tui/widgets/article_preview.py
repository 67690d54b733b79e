"""What the library shows of the article under the cursor: what is known of it, its tags, its first words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.sources.dates import show_date
from workbench.text.inert import inert
from workbench.tui.commands import hint
from workbench.tui.theme import is_dashed, tag_ink
from workbench.tui.widgets.bars import MUTED, spread
from workbench.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from workbench.model import Article, Tag

OPENING = 4000
"""Code points of the text that a preview shows at most."""
TITLE_WITHIN = 8
"""Lines of the text among which its title may stand."""
GRADES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""Source grades of the Admiralty system (NATO AJP-2.1)."""
FIELD_WORDS = {
    "title": "title", "publisher": "publisher", "author": "author", "published": "date",
    "language": "language",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What is shown of an article.

    Attributes:
        tags: the tags on it with the number of its passages that carry them, the most used first.
        notes: titles of the notes that quote it, with how often each does.
    """

    article: Article
    tags: Sequence[tuple[Tag, int]]
    notes: Sequence[tuple[str, int]]


class ArticlePreview(Pane):
    """The pane. `flat` puts everything into few lines, for a low pane below the list."""

    def __init__(self) -> None:
        super().__init__(heading="Preview", id="preview")
        self._preview: ArticleFacts | None = None
        self._opening = ""
        self._flat = False

    def compose(self) -> ComposeResult:
        """A scrolled text and, below it, the notes."""
        with VerticalScroll():
            yield Static(id="facts", markup=False)
        yield Static(id="in-notes", markup=False)

    def show(self, preview: ArticleFacts | None, opening: str = "") -> None:
        """Shows an article with the start of its text; None shows nothing."""
        if preview is None or self._preview is None or preview.article.id != self._preview.article.id:
            self.query_one(VerticalScroll).scroll_home(animate=False)
        self._preview, self._opening = preview, opening
        self._draw()

    def set_flat(self, flat: bool) -> None:
        """Chooses between the tall and the flat form."""
        self._flat = flat
        self._draw()

    def on_resize(self) -> None:
        """Counts stand at the right edge."""
        self._draw()

    def notify_style_update(self) -> None:
        """The colours of tags differ between themes."""
        super().notify_style_update()
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        facts, notes = self.query_one("#facts", Static), self.query_one("#in-notes", Static)
        shown = self._preview
        if shown is None:
            self.set_heading("Preview")
            facts.update("")
            notes.update("")
            return
        quoting = _quoting(shown.notes)
        if self._flat:
            self.set_heading(inert(shown.article.label))
            facts.update(flat_facts(shown, self._opening))
        else:
            self.set_heading("Preview")
            width = max(self.query_one(VerticalScroll).size.width - 3, 12)
            facts.update(tall_facts(shown, self._opening, width))
        notes.update("" if self._flat else quoting)
        notes.display = bool(quoting) and not self._flat


def tall_facts(shown: ArticleFacts, opening: str, width: int) -> Content:
    """Title, facts, tags with counts at `width` cells, and the first paragraphs, below each other."""
    article = shown.article
    facts = [*_facts(article), Content(inert(article.file))]
    lines = [Content.styled(inert(article.label), "bold"), *(line.stylize(MUTED) for line in facts)]
    lines += _to_do(article)
    if article.comment:
        lines += [Content.styled(inert(line), "italic") for line in article.comment.splitlines()]
    if shown.tags:
        lines.append(Content(""))
    for tag, count in shown.tags:
        name = tag_sign(tag) + f" {inert(tag.name)}"
        lines.append(spread(name, Content.styled(f"{count:,}", MUTED), width))
    return Content("\n").join([*lines, Content(""), _paragraphs(shown, opening, "\n\n")])


def flat_facts(shown: ArticleFacts, opening: str) -> Content:
    """The same in few lines: facts in one, tags and notes in another; without the file name."""
    article = shown.article
    facts = Content(" · ").join(_facts(article)).stylize(MUTED)
    tags = [tag_sign(tag) + f" {inert(tag.name)} {count}" for tag, count in shown.tags]
    quoting = _quoting(shown.notes)
    hanging = Content("  ").join([*tags, *([quoting] if quoting else [])])
    lines = [facts, *([hanging] if hanging else []), *_to_do(article), _paragraphs(shown, opening, "\n")]
    return Content("\n").join(lines)


def tag_sign(tag: Tag) -> Content:
    """A square in the tag's colour, hollow where the reader draws its stripes dashed."""
    return Content.styled("□" if is_dashed(tag.color) else "■", tag_ink(tag.color))


def _facts(article: Article) -> list[Content]:
    people = [inert(name) for name in (article.publisher, article.author) if name]
    when = show_date(article.published, article.qualifier) or "no date"
    if article.published and article.basis != "unknown":
        when += f", {article.basis}"
    grade = [f"grade {article.grade}: {GRADES[article.grade]}"] if article.grade in GRADES else []
    return [Content(" · ".join(line)) for line in (people, [when, f"{article.words:,} words"], grade) if line]


def _to_do(article: Article) -> list[Content]:
    waiting = []
    if article.needs_title:
        waiting.append(hint("Needs a title: {library.details} gives it one"))
    if article.proposed:
        fields = ", ".join(FIELD_WORDS[name] for name in FIELD_WORDS if name in article.proposed)
        waiting.append(hint(f"Proposed {fields}: {{library.details}}, then {{form.save}} confirms"))
    return [Content.styled(line, "$warning") for line in waiting]


def _paragraphs(shown: ArticleFacts, opening: str, gap: str) -> Content:
    """The paragraphs of the opening, without what stands before the title and the title itself."""
    lines = [" ".join(line.split()) for line in opening.splitlines() if line.strip()]
    title = " ".join((shown.article.title or "").split())
    if title in lines[:TITLE_WITHIN]:
        del lines[: lines.index(title) + 1]
    return Content(gap).join(Content(inert(line)) for line in lines)


def _quoting(notes: Sequence[tuple[str, int]]) -> Content:
    if not notes:
        return Content("")
    shown = ", ".join(f"{inert(title)} ({count})" for title, count in notes)
    return Content.styled(f"In notes: {shown}", MUTED)
