"""The form of what is known of an article, and the confirming of what the program proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual import on
from textual.content import Content
from textual.widgets import Input, Static

from workbench.errors import InputError
from workbench.model import Article
from workbench.sources.dates import parse_date, show_date
from workbench.store.articles import BASES, GRADES
from workbench.text.inert import inert
from workbench.tui import commands
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.form import FormScreen
from workbench.tui.widgets.article_preview import FIELD_WORDS
from workbench.tui.widgets.article_preview import GRADES as GRADE_WORDS
from workbench.tui.widgets.bars import UNDO, quoted
from workbench.tui.widgets.form import Field, FieldRow, Form

PROPOSED_HINT = "? the program found it; {form.save} confirms it"
DATE_HINT = "2023, 2023-09, 18 Sep 2023; with after, before or about in front"
PRECISIONS = {4: "year", 7: "month", 10: "day"}


def edit_details(screen: CommandScreen[Any], article: Article) -> None:
    """Opens the form; what it saves is one undo step."""

    def saved(values: dict[str, str] | None) -> None:
        if values is not None:
            screen.toast(f"Saved the details of {quoted(values.get('title') or article.label)}", UNDO)
            screen.workbench.post_project_changed()

    screen.app.push_screen(DetailsScreen(article), saved)


def confirm_proposed(screen: CommandScreen[Any], article: Article) -> None:
    """Confirms every proposed value of an article as it stands."""

    def confirmed(_: None) -> None:
        screen.toast(f"Confirmed {_listed(article)} of {quoted(article.label)}", UNDO)
        screen.workbench.post_project_changed()

    values = {name: getattr(article, name) for name in article.proposed}
    screen.job(lambda: screen.project.edit_article(article.id, values), confirmed, label="Confirming")


class DetailsScreen(FormScreen):
    """The form. ctrl+s saves and confirms what is proposed; escape saves only what was changed."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._seen: tuple[str, ...] = ()
        super().__init__(
            f"Details: {inert(article.label)}",
            fields_of(article),
            lambda values: self.project.edit_article(article.id, as_stored(article, values), seen=self._seen),
        )

    def on_mount(self) -> None:
        """Remembers what the article rests on, so that what another window sets meanwhile is not replaced."""

        def saw(seen: tuple[str, ...]) -> None:
            self._seen = seen

        self.job(lambda: self.project.sight(self._article.id), saw)

    def action_save(self) -> None:
        """Saves what was changed, and what is proposed as confirmed."""
        form = self.query_one(Form)
        proposed = {name: form.values()[name] for name in self._article.proposed if name in form.values()}
        self.write({**proposed, **form.changes()})

    @on(Input.Changed)
    def _date_typed(self, event: Input.Changed) -> None:
        for row in self.query(FieldRow):
            if row.field.name == "published" and row.editor is event.input and row.has_focus_within:
                self.query_one("#hint", Static).update(Content(date_read_as(event.value)))


def fields_of(article: Article) -> list[Field]:
    """The form's fields, filled with what is known."""

    def field(name: str, label: str, hint: str = "", **more: Any) -> Field:
        value = more.pop("value", getattr(article, name) or "")
        if name in article.proposed:
            label, hint = f"{label} ?", f"{commands.hint(PROPOSED_HINT)}{' · ' if hint else ''}{hint}"
        return Field(name, label, value, hint=hint, **more)

    return [
        field("title", "Title", "without one it goes by its first words"),
        field("publisher", "Publisher"),
        field("author", "Author"),
        field(
            "published",
            "Date",
            date_read_as(show_date(article.published, article.qualifier)),
            value=show_date(article.published, article.qualifier),
            validate=parse_date,
        ),
        field("basis", "The date is", "← → choose", choices=[(basis, BASIS_WORDS[basis]) for basis in BASES]),
        field("url", "URL", validate=check_url),
        field("language", "Language", "a code: en, vi, zh"),
        field("comment", "Comment", "yours, on the source", lines=3),
        field(
            "grade",
            "Source grade",
            "how far the source can be relied on: ← → choose",
            choices=[("", "not graded"), *((one, f"{one}  {GRADE_WORDS[one]}") for one in GRADES)],
        ),
    ]


BASIS_WORDS = {
    "stated": "stated: the source says it",
    "inferred": "inferred: worked out from the text",
    "unknown": "of unknown basis",
}


def date_read_as(typed: str) -> str:
    """How a date is understood, with its precision; how to write one where it is not."""
    try:
        date = parse_date(typed)
    except InputError:
        date = None
    if date is None:
        return DATE_HINT
    read = show_date(date.iso, date.qualifier)
    return f"{read}, known to the {PRECISIONS[len(date.iso)]} · {DATE_HINT}"


def check_url(value: str) -> None:
    """Refuses what no browser would open.

    Raises:
        InputError: it holds white space.
    """
    if value.split() not in ([], [value]):
        raise InputError("a URL has no spaces in it")


def as_stored(article: Article, values: Mapping[str, str]) -> dict[str, str | None]:
    """The form's values as the project's fields: the date in ISO form with its qualifier.

    A date that goes takes its basis along.
    """
    stored: dict[str, str | None] = {name: value or None for name, value in values.items()}
    if "published" in values:
        date = parse_date(values["published"])
        stored["published"] = date.iso if date else None
        stored["qualifier"] = (date.qualifier or None) if date else None
        if date is None:
            stored["basis"] = "unknown"
    return stored


def _listed(article: Article) -> str:
    return ", ".join(words for name, words in FIELD_WORDS.items() if name in article.proposed)
