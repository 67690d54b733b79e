"""A bundle as one Markdown document: front matter, notes, sources with their passages, tags, references.

Every passage is a heading, so that ``[QLDP63](#qldp63)`` leads to it; sentences in notes cite by footnote.
A block quotation under such a heading holds the source's words and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from workbench.export.bundle import Bundle
from workbench.export.citations import References, Sources, date, link_to
from workbench.export.escape import code, escape, escape_cell, lines_of, on_one_line
from workbench.export.front_matter import Value, front_matter, iso_time
from workbench.export.note_body import rewrite
from workbench.model import Article, Comment, Note, Passage, Tag
from workbench.progress import Progress, telling

SCHEMA = "workbench-export/1"
GRADES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
_LABELS = {
    "title": "Title",
    "publisher": "Publisher",
    "author": "Author",
    "published": "Date",
    "url": "URL",
    "language": "Language",
    "grade": "Grade",
}


def to_markdown(bundle: Bundle, progress: Progress | None = None) -> str:
    """The document as one string that ends in a line break; `progress` hears how many articles are in it."""
    return "\n".join(_Document(bundle).lines(progress)) + "\n"


class _Document:
    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.sources = Sources(bundle)
        self.references = References(bundle, self.sources)
        self.passages: dict[str, list[Passage]] = {article.id: [] for article in bundle.articles}
        for passage in sorted(bundle.passages, key=lambda p: (p.start, p.end, p.id)):
            self.passages[passage.article].append(passage)
        self.graded = any(article.grade for article in bundle.articles)
        writers = {analyst.id for analyst in bundle.analysts} | {note.analyst.id for note in bundle.notes}
        writers |= {comment.analyst.id for passage in bundle.passages for comment in passage.comments}
        self.signed = len(writers) > 1

    def lines(self, progress: Progress | None) -> Iterator[str]:
        yield from front_matter(self._facts())
        yield from self._opening()
        for number, note in enumerate(self.bundle.notes, 1):
            yield from self._note(number, note)
        if self.bundle.articles:
            yield from ("", "## Sources and passages")
        for article in telling(self.bundle.articles, len(self.bundle.articles), progress):
            yield from self._source(article)
        yield from self._tags()
        if self.graded:
            yield from ("", "## Grades", "", "| Source | Meaning |", "|:------:|:--------|")
            yield from (f"| {grade} | {meaning} |" for grade, meaning in GRADES.items())
        if self.references.footnotes:
            yield from ("", "## References", "", *self.references.footnotes)

    def _facts(self) -> dict[str, Value]:
        bundle = self.bundle
        facts: dict[str, Value | None] = {
            "title": bundle.title,
            "project": bundle.project_id,
            "schema": SCHEMA,
            "exported": iso_time(bundle.exported),
            "analyst": bundle.analyst,
            "database_sha256": bundle.database_sha256,
            "sources": len(bundle.articles),
            "passages": len(bundle.passages),
            "notes": len(bundle.notes),
            "tags": [tag.name for tag in bundle.tags],
        }
        return {key: value for key, value in facts.items() if value is not None}

    def _opening(self) -> Iterator[str]:
        grades = " Grades: [key](#grades)." if self.graded else ""
        yield from ("", f"# {on_one_line(self.bundle.title)}", "")
        yield (
            "Passages are copied letter for letter from the stored source; `chars a–b` counts Unicode code "
            "points, end not included. Words in the analyst's voice stand outside the quotation blocks."
            f"{grades}"
        )

    def _note(self, number: int, note: Note) -> Iterator[str]:
        by = f" by {on_one_line(note.analyst.name)}" if self.signed else ""
        created, changed = _minute(note.created), _minute(note.changed)
        later = f", changed {changed}" if changed != created else ""
        yield from ("", f"## Note {number}: {on_one_line(note.title)}", "")
        yield f"*Created {created}{by}{later}.*"
        body = rewrite(note, number, self.references)
        if body:
            yield from ("", *body)

    def _source(self, article: Article) -> Iterator[str]:
        yield from ("", f"### {self.sources.number(article.id)}: {on_one_line(article.label)}", "")
        yield from self._details(article)
        if article.comment and article.comment.strip():
            yield from ("", *_plain_text(article.comment))
        for passage in self.passages[article.id]:
            yield from self._passage(passage, article.grade)

    def _details(self, article: Article) -> Iterator[str]:
        basis = {"stated": "", "inferred": " (inferred)", "unknown": " (basis unknown)"}[article.basis]
        details = {
            "title": "as found in the text" if "title" in article.proposed else "",
            "publisher": on_one_line(article.publisher or "—"),
            "author": on_one_line(article.author or "—"),
            "published": f"{date(article)}{basis}" if article.published else "—",
            "url": on_one_line(article.url or ""),
            "language": on_one_line(article.language or ""),
            "grade": article.grade or "",
        }
        for name, value in details.items():
            if value:
                unsure = " (proposed)" if name in article.proposed else ""
                yield f"- **{_LABELS[name]}:** {value}{unsure}"
        text = self.bundle.texts[article.id]
        yield f"- **File:** {code(article.file)}, {len(text)} characters"
        yield f"- **SHA-256:** `{hashlib.sha256(text.encode()).hexdigest()}`"

    def _passage(self, passage: Passage, grade: str | None) -> Iterator[str]:
        yield from ("", f"#### {passage.handle}", "", *self.sources.quotation(passage), "")
        facts = [f"{self.sources.number(passage.article)}, {self.sources.place(passage)}."]
        if passage.tags:
            facts.append(f"Tags: {' '.join(code(tag.name) for tag in passage.tags)}.")
        if grade:
            facts.append(f"Grade: {grade}.")
        yield " ".join(facts)
        for comment in passage.comments:
            yield from self._comment(comment)

    def _comment(self, comment: Comment) -> Iterator[str]:
        lines = _plain_text(comment.body)
        if lines and self.signed:
            lines[-1] += f" — {on_one_line(comment.analyst.name)}"
        if lines:
            yield from ("", *lines)

    def _tags(self) -> Iterator[str]:
        carriers: dict[str, list[Passage]] = {}
        for article in self.bundle.articles:
            for passage in self.passages[article.id]:
                for tag in passage.tags:
                    carriers.setdefault(tag.id, []).append(passage)
        tags = [tag for tag in self.bundle.tags if tag.id in carriers]
        if not tags:
            return
        described = any(tag.description.strip() for tag in tags)
        yield from ("", "## Tags", "")
        yield from _row(["Tag", "Passages", "Description"], described)
        yield from _row([":----", ":---------", ":-----------"], described)
        for tag in tags:
            yield from _row(_cells(tag, carriers[tag.id]), described)


def _cells(tag: Tag, carriers: Sequence[Passage]) -> list[str]:
    links = ", ".join(link_to(passage) for passage in carriers)
    return [code(tag.name), links, escape_cell(" ".join(tag.description.split()))]


def _row(cells: Sequence[str], described: bool) -> Iterator[str]:
    yield f"| {' | '.join(cells if described else cells[:2])} |"


def _plain_text(words: str) -> list[str]:
    """Plain text as escaped paragraphs; a single line break stays one."""
    lines: list[str] = []
    for block in re.split(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)", words):
        kept = [escape(line) for line in lines_of(block)]
        if kept:
            lines += [*([""] if lines else []), *(f"{line}\\" for line in kept[:-1]), kept[-1]]
    return lines


def _minute(milliseconds: int) -> str:
    """UTC milliseconds as ``2026-11-21 16:58``."""
    return iso_time(milliseconds).replace("T", " ")[:16]
