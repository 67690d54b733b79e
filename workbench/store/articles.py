"""Articles: taking texts in, editing what is known of them, deleting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.errors import InputError
from workbench.model import PROPOSABLE
from workbench.store.ids import digest, text_hash
from workbench.store.plausible import is_date
from workbench.store.step import Step
from workbench.store.store import Store

EDITABLE = (
    "title",
    "publisher",
    "author",
    "published",
    "qualifier",
    "basis",
    "url",
    "language",
    "comment",
    "grade",
)
BASES = ("stated", "inferred", "unknown")
QUALIFIERS = ("after", "before", "about")
GRADES = ("A", "B", "C", "D", "E", "F")


def article_id(text: str) -> str:
    """The id of the article that a text makes.

    Raises:
        InputError: the text holds a lone surrogate.
    """
    return digest("article", text_hash(text))


def add(
    step: Step, text: str, file: str, known: Mapping[str, str | None], proposed: frozenset[str] = frozenset()
) -> tuple[str, bool]:
    """Takes a text in; a known text gains an appearance, not an article.

    Args:
        file: the name it came under.
        known: values for names in EDITABLE.
        proposed: names of values that the program found by itself.

    Returns:
        The article's id, and whether it is new here (or was deleted and is back).

    Raises:
        InputError: the text holds NUL or a lone surrogate.
    """
    if "\0" in text:
        raise InputError("the text holds a NUL character")
    body = text_hash(text)
    article = digest("article", body)
    row = step.conn.execute("SELECT deleted FROM article WHERE id = ?", (article,)).fetchone()
    is_new = row is None or bool(row[0])
    if row is None:
        step.text(text, body)
        marks = {f"{name}_proposed": True for name in PROPOSABLE if name in proposed and known.get(name)}
        filled = {name: known.get(name) or None for name in EDITABLE}
        step.create_new("article", article, revision=body, **filled, **marks)
    elif is_new:
        step.create("article", article)
    seen = {name: known.get(name) or None for name in ("publisher", "url", "published")}
    appearance = digest("appearance", article, file, *seen.values())
    step.create("appearance", appearance, article=article, file=file, text=body, **seen)
    return article, is_new


def edit(store: Store, article: str, values: Mapping[str, str | None], seen: Sequence[str] = ()) -> None:
    """Sets what is known of an article; what is set counts as confirmed, even when it is left as proposed.

    Args:
        values: names in EDITABLE with their values; None or "" empties a field.
        seen: what the article rested on when the values were asked for (`Project.sight`); what others set
            since stands beside them. Empty: everything there is was seen.

    Raises:
        InputError: an unknown field, date, basis or grade.
        NotFoundError: there is no such article.
    """
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise InputError(f"an article has no field {sorted(unknown)[0]}")
    if values.get("basis") and values["basis"] not in BASES:
        raise InputError("a date's basis is stated, inferred or unknown")
    if (published := (values.get("published") or "").strip()) and not is_date(published):
        raise InputError("a date is written 2023, 2023-09 or 2023-09-18")
    if values.get("grade") and values["grade"] not in GRADES:
        raise InputError("a source's grade is a letter from A to F")
    with store.step() as step:
        step.require("article", article)
        if seen:
            step.rest_on("article", article, seen)
        proposed = step.state_of("article", article).values
        confirmed: dict[str, bool] = {
            f"{name}_proposed": False
            for name in PROPOSABLE
            if name in values and proposed.get(f"{name}_proposed")
        }
        cleaned = {name: (value or "").strip() or None for name, value in values.items()}
        step.set("article", article, **cleaned, **confirmed)
