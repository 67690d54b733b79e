"""`workbench similar`: what other articles say like a passage, and articles like an article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.conftest import Run
from workbench.resources import resource

HIT_KEYS = {
    "kind", "article", "article_id", "file", "start", "end", "text", "score", "weak", "matches", "shared",
}  # fmt: skip
SOURCE = "004_54583def0f2fc11c.txt"


@pytest.fixture
def project(tmp_path: Path, run: Run) -> Path:
    file = tmp_path / "p.db"
    assert run("import", file, *sorted(resource("seeds").glob("*.txt"))).code == 0
    return file


def place(words: str) -> tuple[int, int]:
    text = (resource("seeds") / SOURCE).read_bytes().decode()
    start = text.index(words)
    return start, start + len(words)


def test_the_hits_are_those_of_search_best_first(run: Run, project: Path) -> None:
    outcome = run("similar", project, SOURCE, *place("The inauguration of cross-border trains"), "--json")
    assert outcome.code == 0
    answer: Any = outcome.json
    assert set(answer) == {"query", "ms", "hits", "article_id", "start", "end"}
    hits = answer["hits"]
    assert hits and all(set(hit) == HIT_KEYS for hit in hits)
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert answer["article_id"] not in {hit["article_id"] for hit in hits}
    assert "cross-border trains" in hits[0]["text"] and "trains" in hits[0]["shared"]
    searched: Any = run("search", project, "cross-border trains", "--json").json
    assert {*searched["hits"][0], "shared"} == HIT_KEYS
    assert len(run("similar", project, SOURCE, 0, 200, "--limit", 3, "--json").json["hits"]) == 3  # type: ignore[index]


def test_people_see_where_and_what(run: Run, project: Path) -> None:
    shown = run("similar", project, SOURCE, *place("The inauguration of cross-border trains")).out
    assert shown.startswith("China and Vietnam strengthen diplomatic ties")
    assert "photovoltaic industry cluster" in shown.splitlines()[1]
    alone = run("similar", project, SOURCE, *place("had")).out
    assert alone == "No passage of another article shares its rare words.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nowhere.txt", 0, 5), 1, "nowhere.txt"),
        ((SOURCE, 5, 5), 1, "the range 5–5 is empty, backwards or outside the text"),
        ((SOURCE, 0, 999_999), 1, "outside the text"),
        ((SOURCE, 9, 3), 1, "backwards"),
        ((SOURCE, 2, 3), 1, "there is no word in the range 2–3"),
        ((SOURCE, 5), 2, "START and END belong together"),
        ((SOURCE, "x", "y"), 2, "not a valid integer"),
    ],
)
def test_what_is_wrong_is_said(
    run: Run, project: Path, arguments: tuple[object, ...], code: int, said: str
) -> None:
    outcome = run("similar", project, *arguments)
    assert outcome.code == code and said in outcome.err and not outcome.out


def test_without_a_range_articles_are_compared(run: Run, project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    text = (resource("seeds") / SOURCE).read_text(encoding="utf-8")
    copy.write_text(f"Another headline.\n\n{text}\n\nSign up here.", encoding="utf-8")
    assert run("import", project, copy).code == 0
    found: Any = run("similar", project, SOURCE, "--json").json
    best, *others = found["articles"]
    assert set(best) == {"article_id", "article", "file", "score", "label", "share", "shared"}
    assert (best["file"], best["label"]) == ("copy.txt", "near-duplicate")
    assert best["share"] > 0.9 and all(one["label"] != "near-duplicate" for one in others)
    first, *rest = run("similar", project, SOURCE).out.splitlines()
    assert "near-duplicate" in first and "%" in first
    assert rest and all("similar" in line and "%" not in line for line in rest)
