"""The ranges that actions work on: their words, their source, and how they get into a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model import Article, Note, Passage, Span
from workbench.sources.dates import show_date
from workbench.tui.widgets.bars import quoted

if TYPE_CHECKING:
    from workbench.project import Project


@dataclass(frozen=True, slots=True)
class Target:
    """The range that actions work on.

    Attributes:
        start, end: code points in the stored text, end exclusive.
        words: the text between them.
        unit: what people call it ("sentence", "passage").
    """

    article: Article
    start: int
    end: int
    words: str
    unit: str = "passage"

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.end

    @property
    def place(self) -> tuple[str, int, int]:
        """Article id, start and end."""
        return self.article.id, self.start, self.end

    @property
    def brief(self) -> str:
        """Its first words, in quotation marks."""
        return quoted(self.words, 32)

    def holds(self, passage: Passage) -> bool:
        """Whether a passage covers exactly this range."""
        return (passage.article, passage.start, passage.end) == self.place


def brief(targets: Sequence[Target]) -> str:
    """What sentences call them: the first words of one, or how many there are."""
    return targets[0].brief if len(targets) == 1 else f"{len(targets):,} passages"


def touching(passages: Sequence[Passage], start: int, end: int) -> list[Passage]:
    """Those of an article's passages that touch a range, the exact one first, then shorter before longer."""
    found = [one for one in passages if one.start < end and start < one.end]
    return sorted(found, key=lambda one: ((one.start, one.end) != (start, end), one.end - one.start))


def with_source(target: Target) -> str:
    """The words with where they stand: “quote” — Author, Title, Publisher, date, chars 12–90."""
    article = target.article
    date = show_date(article.published, article.qualifier)
    source = [article.author, article.label, article.publisher, date, f"chars {target.start}–{target.end}"]
    return f"“{target.words}” — {', '.join(part for part in source if part)}"


def put_citations(
    project: Project, targets: Sequence[Target], note: str | None, title: str
) -> tuple[Note, int]:
    """Puts ranges at the end of a note in one step, of a new one called `title` where there is no such note.

    Returns:
        The note, and how many of the ranges are new to it; those it cited already are not put there again.
    """
    found = next((one for one in project.notes() if one.id == note), None)
    cited = [one for one in found.citations if one.number is not None] if found else []
    there = {(one.article, one.start, one.end) for one in cited}
    new = [target.place for target in targets if target.place not in there]
    if found and not new:
        return found, 0
    made = project.cite_ranges(found.id if found else None, new, title=title)
    return project.note(made), len(new)
