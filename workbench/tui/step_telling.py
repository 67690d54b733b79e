"""How steps and what they set are drawn. Nothing here knows a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from textual.content import Content

from workbench.store.bin import Deleted
from workbench.store.history import HistoryStep
from workbench.store.labels import KINDS
from workbench.store.step_details import SetField
from workbench.text.differences import changed_words
from workbench.text.inert import inert
from workbench.tui.widgets.bars import MUTED, one_line

WHEN, WHO, LEAST_WORDS = 9, 14, 30
"""Cells for the time and the name of a row, and for its words before the name gives way."""
GONE = "strike $text-muted"
SHORT = 60
"""Code points up to which an old value and a new one stand whole beside each other."""
LONGEST = 600
"""Code points of a value that is told alone."""
_WHOLE = {
    ("", "there"): "new",
    ("deleted", "there"): "brought back",
    ("there", "deleted"): "deleted",
    ("there", "there"): "kept",
}
"""What became of a thing as a whole."""


def when(milliseconds: int) -> str:
    """A moment as lists show it: the time of today, the day of this year, else the month."""
    moment, today = datetime.fromtimestamp(milliseconds / 1000), datetime.now()
    if moment.date() == today.date():
        return f"{moment:%H:%M}"
    return f"{moment.day} {moment:%b}" if moment.year == today.year else f"{moment:%b %Y}"


def row(milliseconds: int, who: str, words: Content, width: int) -> Content:
    """A line of a list: time, name where there is room, words."""
    line = Content.styled(when(milliseconds).ljust(WHEN), MUTED)
    if width >= WHEN + WHO + LEAST_WORDS:
        line += one_line(who).truncate(WHO - 1, ellipsis=True).pad_right(0).stylize("$primary")
        line += " " * (WHEN + WHO - line.cell_length)
    return line + words


def step_row(step: HistoryStep, width: int) -> Content:
    """A step in the list: struck out where it was taken back, muted where nothing of it is so any more."""
    words = one_line(step.words)
    if not step.stands:
        words = words.stylize(GONE if step.reverted else MUTED)
    return row(step.when, step.analyst.name, words, width)


def deleted_row(one: Deleted, width: int) -> Content:
    """Something in the bin, in the list."""
    kind = Content.styled(f"{KINDS.get(one.kind, one.kind):<9}", MUTED)
    return row(one.when, one.analyst.name, kind + one_line(one.label), width)


def step_told(step: HistoryStep, fields: Sequence[SetField]) -> Content:
    """All there is to say of a step: who, when, what became of it, and what it set."""
    parts = [one_line(step.words).stylize("bold"), _signed(step.analyst.name, step.when)]
    if not step.stands:
        fate = "Taken back since." if step.reverted else "Nothing of it is so any more."
        parts.append(Content.styled(fate, "$warning"))
    parts += _fields_told(fields)
    if len({(one.kind, one.thing) for one in fields}) < step.changes:
        parts.append(Content.styled(f"… {step.changes:,} changes in all", MUTED))
    return Content("\n").join(parts)


def deleted_told(one: Deleted) -> Content:
    """All there is to say of something in the bin."""
    kind = KINDS.get(one.kind, one.kind)
    return Content("\n").join(
        [
            Content.assemble((f"The {kind} ", ""), one_line(one.label).stylize("bold")),
            _signed(f"deleted by {one.analyst.name}", one.when),
            Content(""),
            Content.styled("What hung on it comes back with it.", MUTED),
        ]
    )


def _signed(who: str, milliseconds: int) -> Content:
    moment = datetime.fromtimestamp(milliseconds / 1000)
    return Content.styled(f"{inert(who)}, {moment.day} {moment:%b %Y, %H:%M:%S}", MUTED)


def _fields_told(fields: Sequence[SetField]) -> Iterator[Content]:
    for about, group in groupby(fields, key=lambda one: one.about):
        told = list(group)
        whole = next((one for one in told if not one.field), None)
        fate = _WHOLE.get((whole.before, whole.after), whole.after) if whole else ""
        yield Content("")
        yield Content.assemble(one_line(about), (f"  {fate}" if fate else "", MUTED))
        for one in told:
            if one.field:
                yield Content.assemble((f"  {inert(one.field)}: ", MUTED), _value(one))


def _value(one: SetField) -> Content:
    if not one.before:
        return Content(_cut(one.after))
    if not one.after:
        return Content.styled(_cut(one.before), GONE)
    if max(len(one.before), len(one.after)) <= SHORT and "\n" not in one.before + one.after:
        return Content.assemble((_cut(one.before), GONE), " → ", (_cut(one.after), "bold"))
    styles = {"same": "", "gone": "strike $error", "new": "bold $success", "cut": ""}
    pieces = changed_words(one.before, one.after)
    return Content.assemble(*((" … " if how == "cut" else _cut(text), styles[how]) for how, text in pieces))


def _cut(text: str) -> str:
    """A text drawn inert, its lines kept, the end of a long one left out."""
    shown = "\n".join(inert(line) for line in text[:LONGEST].split("\n"))
    return f"{shown}…" if len(text) > LONGEST else shown
