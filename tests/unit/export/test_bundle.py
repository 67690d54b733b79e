"""A bundle narrowed to one note, article or tag holds what belongs to it and nothing else."""

from __future__ import annotations

import pytest
from export_records import a_bundle, a_citation, a_note, a_passage, a_tag, an_article

from workbench.errors import NotFoundError
from workbench.export.bundle import Bundle, narrow

TEXTS = ["One two three.", "Four five six.", "Seven eight."]


@pytest.fixture
def bundle() -> Bundle:
    articles = [an_article(text, number) for number, text in enumerate(TEXTS)]
    region, asean, regional = a_tag("region", 1), a_tag("region/asean", 2), a_tag("regional", 3)
    passages = [
        a_passage(articles[0], TEXTS[0], 0, 3, 1, [region]),
        a_passage(articles[1], TEXTS[1], 0, 4, 2, [asean]),
        a_passage(articles[1], TEXTS[1], 5, 9, 3, [regional]),
    ]
    cited = a_citation(passages[1])
    notes = [a_note("First", f"See {{{{Q{passages[1].id}}}}}.", 1, [cited]), a_note("Second", "Nothing.", 2)]
    return a_bundle(
        [],
        articles=articles,
        texts={article.id: text for article, text in zip(articles, TEXTS, strict=True)},
        passages=passages,
        tags=[region, asean, regional],
        notes=notes,
    )


def held(bundle: Bundle) -> tuple[list[str], list[str], list[str], list[str]]:
    return (
        [article.title or "" for article in bundle.articles],
        [passage.quote for passage in bundle.passages],
        [tag.name for tag in bundle.tags],
        [note.title for note in bundle.notes],
    )


def test_a_note_brings_what_it_cites(bundle: Bundle) -> None:
    one = narrow(bundle, note=bundle.notes[0].id)
    assert held(one) == (["Title 1"], ["Four"], ["region/asean"], ["First"])
    assert set(one.texts) == {bundle.articles[1].id}


def test_an_article_brings_its_passages(bundle: Bundle) -> None:
    one = narrow(bundle, article=bundle.articles[1].id)
    assert held(one) == (["Title 1"], ["Four", "five"], ["region/asean", "regional"], [])


def test_an_article_without_passages_stays(bundle: Bundle) -> None:
    assert held(narrow(bundle, article=bundle.articles[2].id)) == (["Title 2"], [], [], [])


def test_a_tag_brings_those_nested_below_it(bundle: Bundle) -> None:
    one = narrow(bundle, tag=bundle.tags[0].id)
    assert held(one) == (["Title 0", "Title 1"], ["One", "Four"], ["region", "region/asean"], [])


def test_nothing_asked_for_is_everything(bundle: Bundle) -> None:
    assert narrow(bundle) is bundle


@pytest.mark.parametrize("kind", ["note", "article", "tag"])
def test_what_is_not_there_is_named(bundle: Bundle, kind: str) -> None:
    with pytest.raises(NotFoundError, match=f"no {kind} with the id NOBODY"):
        narrow(bundle, **{kind: "NOBODY"})
