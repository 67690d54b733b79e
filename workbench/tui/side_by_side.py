"""What the comparison shows: the passages of each tag in each article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.matrix import TagMatrix, with_those_above
from workbench.model import Article, Passage, Tag

if TYPE_CHECKING:
    from workbench.project import Project


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The tagged passages of a project, as a table.

    Attributes:
        matrix: articles and tags in the order to show them in, with how many passages they share.
        cells: (tag id, article id) -> the passages in text order that carry the tag or one below it.
    """

    matrix: TagMatrix
    cells: Mapping[tuple[str, str], Sequence[Passage]]

    @classmethod
    def read(cls, project: Project) -> SideBySide:
        """Reads those of the whole project; for jobs."""
        matrix = project.tag_matrix()
        above = with_those_above(matrix.tags)
        cells: dict[tuple[str, str], list[Passage]] = {}
        for passage in project.passages():
            for tag in dict.fromkeys(top for one in passage.tags for top in above[one.id]):
                cells.setdefault((tag, passage.article), []).append(passage)
        return cls(matrix, cells)

    def passages(self, tag: str, article: str) -> Sequence[Passage]:
        """The passages of a cell, by the ids of its tag and article."""
        return self.cells.get((tag, article), ())

    def tags(self) -> list[Tag]:
        """The tags that passages carry."""
        return list(self.matrix.in_use().tags)

    def columns(self, opened: Sequence[str], tag: str | None = None) -> list[Article]:
        """The articles that lie open (ids, in their order), then those with tagged passages.

        Args:
            tag: leaves out what is not open and has no passage with this tag (by id).
        """
        known = {one.id: one for one in self.matrix.articles}
        first = [known[one] for one in opened if one in known]
        has = self.matrix.of_article if tag is None else {one for top, one in self.cells if top == tag}
        return first + [one for one in self.matrix.articles if one.id in has and one.id not in opened]


NOTHING = SideBySide(TagMatrix((), (), {}, {}), {})
"""Nothing is known yet."""
