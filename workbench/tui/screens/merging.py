"""Merging another copy: asks for its path, shows what it would bring, then merges it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.store.labels import KINDS, field_name
from workbench.text.inert import inert
from workbench.tui.commands import HelpRow, hint, key
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.paths import ask_paths
from workbench.tui.screens.projects import check_file
from workbench.tui.widgets.bars import MUTED, UNDECIDED, quoted
from workbench.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from workbench.store.merging import Contribution, Dispute, MergeReport

HINT = "The path of the other project file · {paths.complete} completes · ~ is your home"
WAY_BACK = "{app.backups} restores what was before"
LISTED = 40
"""Disputes and refusals listed each at most."""
KIND_WORDS = {
    "article": ("article", "articles"),
    "passage": ("passage", "passages"),
    "tag": ("tag", "tags"),
    "tagging": ("tag put on", "tags put on"),
    "comment": ("comment", "comments"),
    "note": ("note", "notes"),
    "citation": ("quotation", "quotations"),
    "search": ("saved search", "saved searches"),
}
"""What is counted, for one and for several, in the order of the table."""
LEAST_TABLE = 60
"""Cells under which each analyst has a line of words instead of a row of the table."""
LONGEST_NAME = 20


def merge_copy(screen: CommandScreen[Any]) -> None:
    """Asks for a file, shows what merging it would do, and does it if the user wants."""
    app = screen.workbench

    def look(paths: list[Path]) -> None:
        path = paths[0]
        app.job(
            lambda: app.project.preview_merge(path, app.jobs.progress),
            lambda report: app.push_screen(MergeScreen(path, report), lambda wanted: merge(path, wanted)),
            label=f"Looking into {path.name}",
            cancellable=True,
        )

    def merge(path: Path, wanted: bool | None) -> None:
        if wanted:
            app.job(
                lambda: app.project.merge(path, app.jobs.progress),
                lambda done: told(path, done),
                label=f"Merging {path.name}",
                cancellable=True,
            )

    def told(path: Path, done: MergeReport) -> None:
        app.toast(merged(path, done), WAY_BACK if done.backup else "")
        app.post_project_changed()

    ask_paths(screen, "Merge a copy", look, check=check_file, hint=HINT, endings=(".db",), several=False)


def merged(path: Path, report: MergeReport) -> str:
    """A merge in one line: "Merged ben.db: 12 passages, 3 notes by Ben · g ! shows 2 to decide"."""
    if not report.is_news:
        return f"Nothing new in {inert(path.name)}"
    parts = [f"Merged {inert(path.name)}: {'; '.join(contributions(report)) or 'nothing that is counted'}"]
    if report.disputes:
        parts.append(f"{key('go.conflicts')} shows {len(report.disputes)} to decide")
    if report.refused:
        parts.append(f"{len(report.refused)} refused")
    return " · ".join([*parts, *(["a backup was made"] if report.backup else [])])


def contributions(report: MergeReport) -> list[str]:
    """Who brings what: "12 passages, 3 notes by Ben"."""
    return [
        f"{', '.join(words)} by {inert(one.name)}" for one in report.by_analyst if (words := _counted(one))
    ]


class MergeScreen(WorkbenchDialog[bool]):
    """What a merge would do. Closes with whether it is wanted."""

    context = "merge"
    CSS_PATH = "merging.tcss"

    def __init__(self, path: Path, report: MergeReport) -> None:
        super().__init__()
        self._path, self._report = path, report

    def compose_body(self) -> ComposeResult:
        """All there is to know before."""
        with Pane(heading=f"Merge {self._path.name}"), VerticalScroll(can_focus=False):
            yield Static(id="report", markup=False)

    def on_resize(self) -> None:
        """A table where there is room for one."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        text = self.query_one("#report", Static)
        text.update(Content("\n").join(told_before(self._path, self._report, text.size.width)))

    def footer_rows(self) -> list[HelpRow]:
        """Without news there is nothing to merge."""
        rows = super().footer_rows()
        news = self._report.is_news
        return [row for row in rows if news or "merge.accept" not in [one.id for one in row.commands]]

    def action_accept(self) -> None:
        """Merges, or closes where there is nothing to merge."""
        self.dismiss(self._report.is_news)

    def action_scroll(self, pages: int) -> None:
        """Scrolls what is longer than the box."""
        self.query_one(VerticalScroll).scroll_relative(y=5 * pages, animate=False)


def told_before(path: Path, report: MergeReport, width: int) -> list[Content]:
    """What a merge would do, in lines of `width` cells."""
    if not report.is_news:
        words = f"Nothing new: this project holds all that {inert(path.name)} has."
        return [Content.styled(words, "bold"), *_refusals(report)]
    lines = [Content("A copy of this project. It brings:")]
    if not report.same_project:
        lines = [
            Content.styled("Another project, not a copy of this one.", "bold $warning"),
            Content("Its articles, tags and notes would come beside those that are here. It brings:"),
        ]
    lines += [Content(""), *_table(report.by_analyst, width), *_rest(report), *_disputes(report.disputes)]
    lines += [*_refusals(report), Content("")]
    return [*lines, Content.styled(hint("A backup is made before: “{app.backups}” restores it."), MUTED)]


def _table(people: Sequence[Contribution], width: int) -> list[Content]:
    """A row an analyst, a column a kind that somebody brings; lines of words where that is too wide."""
    kinds = [kind for kind in KIND_WORDS if any(one.new.get(kind) for one in people)]
    heads = [KIND_WORDS[kind][1] for kind in kinds]
    extra = [name for name in ("changed", "deleted") if any(getattr(one, name) for one in people)]
    room = max((min(len(inert(one.name)), LONGEST_NAME) for one in people), default=0)
    if width < LEAST_TABLE or room + sum(len(head) + 2 for head in [*heads, *extra]) > width:
        return [
            Content.assemble((f"{inert(one.name)}: ", "bold"), ", ".join(_counted(one))) for one in people
        ]
    line = " " * room + "".join(f"  {head}" for head in [*heads, *extra])
    rows = [Content.styled(line, MUTED)] if people else []
    for one in people:
        counts = [one.new.get(kind, 0) for kind in kinds] + [getattr(one, name) for name in extra]
        cells = "".join(
            f"  {count or '·':>{len(head)}}" for count, head in zip(counts, [*heads, *extra], strict=True)
        )
        name = Content.styled(inert(one.name), "bold").truncate(room, ellipsis=True, pad=True)
        rows.append(name + cells)
    return rows


def _counted(one: Contribution) -> list[str]:
    counts = [(one.new.get(kind, 0), words) for kind, words in KIND_WORDS.items()]
    words = [f"{count:,} {names[count != 1]}" for count, names in counts if count]
    words += [f"{one.changed:,} changed"] if one.changed else []
    return words + ([f"{one.deleted:,} deleted"] if one.deleted else [])


def _rest(report: MergeReport) -> list[Content]:
    lines = []
    if report.filled:
        lines.append(f"{report.filled:,} contents that were left out of this copy come back")
    if not report.by_analyst and not report.filled:
        lines.append(f"{report.changes:,} smaller changes and {report.texts:,} texts")
    return [Content(line) for line in lines]


def _disputes(disputes: Sequence[Dispute]) -> list[Content]:
    if not disputes:
        return []
    lines = [Content(""), Content.styled(f"{len(disputes)} to decide afterwards, with g !", "bold")]
    for one in disputes[:LISTED]:
        thing = f"{KINDS.get(one.kind, 'thing')} {quoted(one.label) if one.label else ''}"
        words = f"{field_name(one.field)} of {thing}" if one.field else f"{thing}: deleted, but worked on"
        lines.append(Content.assemble((f"{UNDECIDED} ", "$warning"), inert(words)))
    return [*lines, *_more(len(disputes))]


def _refusals(report: MergeReport) -> list[Content]:
    refused = report.refused
    if not refused:
        return []
    lines = [Content(""), Content.styled(f"{len(refused)} refused, which would stay out", "bold $error")]
    lines += [Content(f"✗ {inert(one.what)} {inert(one.why)}") for one in refused[:LISTED]]
    return [*lines, *_more(len(refused))]


def _more(count: int) -> list[Content]:
    return [Content.styled(f"… and {count - LISTED:,} more", MUTED)] if count > LISTED else []
