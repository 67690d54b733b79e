"""The sample articles come with what is known of them, and nothing that is merely proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.sources.readers import collect
from workbench.sources.seeds import sample_drafts

SEEDS = Path(__file__).parents[3] / "seeds"


def test_the_catalog_tells_what_is_known() -> None:
    known = {draft.file[:3]: draft for draft in sample_drafts(SEEDS)}
    fields = {n: (d.publisher, d.author, d.published, d.qualifier, d.basis) for n, d in known.items()}
    assert fields == {
        "000": (None, None, "2023-12", "", "inferred"),
        "001": ("Pamir", None, "2023-12-13", "after", "inferred"),
        "002": ("Nikkei Asia", "Jonathan Stromseth", "2023-09-18", "", "stated"),
        "003": (None, None, "2023-11-21", "", "stated"),
        "004": (None, None, "2023-12-12", "", "inferred"),
    }
    assert [d.file[:3] for d in known.values() if d.title is None] == ["000", "003"]
    assert known["001"].comment == "company blog"
    assert known["004"].comment == "rewrite of a Financial Times report"


def test_titles_are_words_of_the_texts_and_nothing_is_proposed() -> None:
    for draft in sample_drafts(SEEDS):
        assert draft.title is None or draft.title in draft.text
        assert draft.text.encode() == draft.path.read_bytes()
        assert draft.proposed == frozenset()


def test_the_folder_holds_no_other_file_that_an_import_would_take() -> None:
    assert collect([SEEDS]) == [draft.path for draft in sample_drafts(SEEDS)]


@pytest.mark.parametrize("catalog", [None, "", "3", "[3]", '[{"title": "x"}]', '[{"file": "gone.txt"}]'])
def test_a_bad_catalog_is_a_sentence(tmp_path: Path, catalog: str | None) -> None:
    if catalog is not None:
        (tmp_path / "catalog.json").write_text(catalog)
    with pytest.raises(InputError, match="sample articles"):
        sample_drafts(tmp_path)
