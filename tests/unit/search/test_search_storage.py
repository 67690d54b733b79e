"""The index on disk: it answers as the one it was made of, and nothing else is ever believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import article, loose, seeds

from workbench.model import Hit
from workbench.search import storage
from workbench.search.document import Document
from workbench.search.index import SearchIndex

DOCUMENTS = [article(name, text) for name, text in seeds().items()] + [
    loose("note", "n1", "Ask about the hotline.\nQuoc Ngu: chữ quốc ngữ 漢字."),
    loose("title", "t1", "Harbour fire"),
]
QUERIES = (
    "hotline",
    "nguyen trong",
    "harbor fire",
    "photovoltiac cluster",
    "漢字",
    '"climate working group"',
)


def hits(index: SearchIndex, query: str) -> list[Hit]:
    return list(index.search(query).hits)


def keyed(documents: list[Document]) -> dict[bytes, Document]:
    return {document.key: document for document in documents}


def loaded(path: Path, documents: list[Document], name: str = "project") -> SearchIndex:
    stored = storage.read(path, name)
    assert stored is not None
    index = SearchIndex()
    index.take([stored], keyed(documents))
    return index


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "one.index"
    SearchIndex.build(DOCUMENTS).save(path, "project")
    return path


def test_what_was_saved_answers_as_what_it_was_made_of(saved: Path) -> None:
    fresh, back = SearchIndex.build(DOCUMENTS), loaded(saved, DOCUMENTS)
    assert back.sentences == fresh.sentences
    for query in QUERIES:
        assert hits(back, query) == hits(fresh, query)


def test_what_is_gone_from_the_project_is_not_found_and_what_is_new_is_told(saved: Path) -> None:
    new = loose("note", "n2", "A peculiar walrus.")
    now = [*DOCUMENTS[:-1], new]
    index = loaded(saved, now)
    assert index.follow(keyed(now)) == keyed([new])
    assert all(hit.thing != "t1" for hit in hits(index, "harbour fire"))
    index.add([new])
    assert hits(index, "peculiar walrus")[0].thing == "n2"


def test_blocks_saved_apart_are_one_when_taken_together(tmp_path: Path, saved: Path) -> None:
    SearchIndex.build(DOCUMENTS[:3]).save(tmp_path / "first", "project")
    SearchIndex.build(DOCUMENTS[3:]).save(tmp_path / "second", "project")
    index = SearchIndex()
    for name in ("first", "second"):
        stored = storage.read(tmp_path / name, "project")
        assert stored is not None
        index.take([stored], keyed(DOCUMENTS))
    index.save(tmp_path / "both", "project")
    for query in QUERIES:
        assert hits(loaded(tmp_path / "both", DOCUMENTS), query) == hits(loaded(saved, DOCUMENTS), query)


def test_only_the_owner_may_read_it(saved: Path) -> None:
    assert saved.stat().st_mode & 0o077 == 0


def test_nothing_is_left_beside_it(saved: Path) -> None:
    assert [path.name for path in saved.parent.iterdir()] == ["one.index"]


def test_another_projects_index_is_not_believed(saved: Path) -> None:
    assert storage.read(saved, "another project") is None
    assert storage.read(saved.with_name("missing"), "project") is None
    assert storage.read(saved.parent, "project") is None


def test_another_versions_index_is_not_believed(saved: Path, tmp_path: Path) -> None:
    magic, head, columns = saved.read_bytes().split(b"\n", 2)
    changed = json.loads(head) | {"version": "0 unicode 1.0"}
    old = tmp_path / "old"
    old.write_bytes(b"\n".join([magic, json.dumps(changed).encode(), columns]))
    assert storage.read(old, "project") is None


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_index_is_not_believed(saved: Path, data: st.DataObject) -> None:
    whole = saved.read_bytes()
    broken = saved.with_suffix(".broken")
    at = data.draw(st.integers(0, len(whole) - 1))
    how = data.draw(st.sampled_from(["flip", "cut", "longer", "zeros"]))
    if how == "flip":
        spoilt = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    elif how == "cut":
        spoilt = whole[:at]
    elif how == "longer":
        spoilt = whole + whole[at:]
    else:
        spoilt = whole[:at] + bytes(min(500, len(whole) - at)) + whole[at + 500 :]
    broken.write_bytes(spoilt)
    try:
        stored = storage.read(broken, "project")
        assert stored is None or spoilt == whole or _says_the_same(spoilt, whole)
    finally:
        broken.unlink()


def _says_the_same(spoilt: bytes, whole: bytes) -> bool:
    """A flipped bit in the head can leave what it says as it was (a blank made a tab)."""
    heads = [json.loads(one.split(b"\n", 2)[1]) for one in (spoilt, whole)]
    return heads[0] == heads[1] and spoilt.split(b"\n", 2)[2] == whole.split(b"\n", 2)[2]


@pytest.mark.parametrize("column", ["words", "postings", "row_document", "row_words", "order"])
def test_numbers_that_point_nowhere_are_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    write = storage._write_columns

    def write_spoilt(file: BinaryIO, name: str, columns: Mapping[str, storage.Column]) -> None:
        spoilt = columns[column].copy()
        spoilt[3] = 10**8
        write(file, name, {**columns, column: spoilt})

    monkeypatch.setattr(storage, "_write_columns", write_spoilt)
    SearchIndex.build(DOCUMENTS).save(tmp_path / "spoilt", "project")
    assert storage.read(tmp_path / "spoilt", "project") is None


def test_the_cut_is_the_one_the_version_stands_for() -> None:
    """Fails when words or sentences are cut differently: count `storage.CUT` up, then set the new sum."""
    text = "Mr. Nguyễn’s U.S.-Vietnam no-go area cost $57.7bn (3.5%). “Why?”\n\nĐà Nẵng 漢字 ไทย 한국은."
    endless = loose("comment", "c", "Pumps, 漢字 and valves " * 200 + "漢" * 3_000)
    index = SearchIndex.build([article("a", text), endless, *DOCUMENTS])
    (block, _), *_ = index._snapshot.parts
    terms = index._snapshot.lexicon.terms
    cut = [(int(s), int(e)) for s, e in zip(block.row_start, block.row_end, strict=True)]
    words = [terms[n] for n in block.words.tolist()]
    assert (storage.CUT, _sum(json.dumps([cut, words]))) == (2, "56e94782dc4c2e60")


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
