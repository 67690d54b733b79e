"""Reading files and folders: which are found, what each format gives, and how failures are named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.sources.draft import Draft, Failure
from workbench.sources.readers import collect, read, survey

PROSE = "The ministry said on Tuesday that exports had grown for a third month. " * 4


def drafts(path: Path) -> list[Draft]:
    outcomes = list(read(path))
    assert all(isinstance(outcome, Draft) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Draft)]


def failure(path: Path) -> Failure:
    (outcome,) = read(path)
    assert isinstance(outcome, Failure)
    return outcome


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PROSE)


def test_folders_are_walked_in_order_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/B.TXT", "c.jsonl", ".hidden.txt", ".git/x.txt", "d.pdf", "Makefile")
    found = survey([tmp_path])
    names = [str(path.relative_to(tmp_path)) for path in found.files]
    assert names == ["a/B.TXT", "a/z.md", "b.txt", "c.jsonl"]
    assert found.skipped == 4


def test_named_files_keep_their_place_and_stay_twice_when_named_twice(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.txt", ".c.txt")
    named = [tmp_path / name for name in ("b.txt", ".c.txt", "a.txt", "b.txt")]
    assert collect(named) == named


def test_linked_folders_are_entered_once(tmp_path: Path) -> None:
    write(tmp_path, "deep/a.txt")
    (tmp_path / "deep/loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "deep/self").symlink_to(tmp_path / "deep/self")
    assert [path.name for path in collect([tmp_path])] == ["a.txt"]


def test_pipes_in_folders_are_passed_over_and_named_ones_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    write(tmp_path, "a.txt")
    assert survey([tmp_path]).skipped == 1
    assert "pipe" in failure(tmp_path / "pipe.txt").reason


@pytest.mark.parametrize(("name", "reason"), [("gone.txt", "no such file"), ("nul\0.txt", "no such file")])
def test_a_missing_file_is_named(tmp_path: Path, name: str, reason: str) -> None:
    assert collect([tmp_path / name]) == [tmp_path / name]
    assert failure(tmp_path / name).file == name
    assert reason in failure(tmp_path / name).reason


def test_a_foreign_format_is_named_with_the_known_ones(tmp_path: Path) -> None:
    write(tmp_path, "paper.pdf")
    assert failure(tmp_path / "paper.pdf") == Failure(
        "paper.pdf", "Its format is not known: only .txt, .md or .jsonl files are read."
    )


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (found,) = collect([tmp_path / "empty"])
    assert failure(found).file == "empty"


def test_what_the_system_refuses_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert failure(tmp_path / "a.txt") == Failure("a.txt", "It cannot be read: permission denied.")


def test_text_is_kept_exactly_and_its_encoding_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf\r\n caf\xc3\xa9 \x07\r\n")
    (draft,) = drafts(tmp_path / "a.txt")
    assert (draft.text, draft.encoding, draft.file) == ("\r\n café \x07\r\n", None, "a.txt")
    (tmp_path / "b.txt").write_bytes("Xi’s visit – his third".encode("cp1252"))
    (draft,) = drafts(tmp_path / "b.txt")
    assert (draft.text, draft.encoding) == ("Xi’s visit – his third", "cp1252")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl"])
def test_files_of_any_format_fail_with_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xff\xfe\0")
    assert failure(tmp_path / name).reason.endswith(".")


def test_proposals_fill_what_the_file_leaves_open(tmp_path: Path) -> None:
    text = f"Exports grow again in Vietnam\n\nBy Jane Doe\nPublished: 18 September 2023\n\n{PROSE}"
    (tmp_path / "a.txt").write_text(text)
    (draft,) = drafts(tmp_path / "a.txt")
    assert (draft.title, draft.author) == ("Exports grow again in Vietnam", "Jane Doe")
    assert (draft.published, draft.basis) == ("2023-09-18", "stated")
    assert draft.proposed == {"title", "author", "published"}
    assert draft.text == text


def test_a_file_name_that_is_not_utf8_gets_a_name_that_can_be_stored(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text(PROSE)
    (draft,) = drafts(path)
    assert draft.file.encode().decode() == draft.file


def lines_file(folder: Path, *lines: object) -> Path:
    path = folder / "a.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(written) + "\n", encoding="utf-8")
    return path


def test_json_lines_give_known_fields_and_proposed_ones(tmp_path: Path) -> None:
    given = {
        "text": PROSE, "title": " A\nheadline ", "publisher": "Nikkei Asia", "author": "Jane Doe",
        "published": "after 2023-09", "url": "https://example.org/1", "language": "en", "other": [1],
    }  # fmt: skip
    path = lines_file(tmp_path, given, "", {"text": f"Exports grow again\n\n{PROSE}", "title": ""})
    first, second = drafts(path)
    assert (first.file, second.file) == ("a.jsonl:1", "a.jsonl:3")
    assert (first.title, first.publisher, first.author) == ("A headline", "Nikkei Asia", "Jane Doe")
    assert (first.published, first.qualifier, first.basis) == ("2023-09", "after", "stated")
    assert (first.url, first.language) == ("https://example.org/1", "en")
    assert first.proposed == frozenset()
    assert second.title == "Exports grow again"
    assert second.proposed == {"title"}


def test_a_year_may_be_a_number(tmp_path: Path) -> None:
    (draft,) = drafts(lines_file(tmp_path, {"text": "x", "published": 2023}))
    assert draft.published == "2023"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{nonsense", "not JSON"),
        ("[1]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ("{}", "no “text”"),
        ('{"text": 3}', "“text” is not a string"),
        ('{"text": null}', "“text” is not a string"),
        ('{"text": " "}', "white space"),
        (r'{"text": "a\u0000b"}', "NUL"),
        (r'{"text": "a\ud800b"}', r"\ud800"),
        (r'{"text": "a", "title": "\udfff"}', "“title” is refused"),
        ('{"text": "a", "author": ["J"]}', "“author” is not a string"),
        ('{"text": "a", "published": "2023-02-30"}', "28 days"),
        ('{"text": "a", "published": true}', "“published” is not a string"),
        ("[" * 100_000, "too large"),
        ('{"text": "a", "n": ' + "1" * 5000 + "}", "too large"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_in(tmp_path: Path, line: str, reason: str) -> None:
    first, bad, last = read(lines_file(tmp_path, {"text": "one"}, line, {"text": "two"}))
    assert isinstance(first, Draft)
    assert isinstance(last, Draft)
    assert isinstance(bad, Failure)
    assert bad.file == "a.jsonl:2"
    assert reason in bad.reason


def test_a_pair_of_surrogate_escapes_is_one_character(tmp_path: Path) -> None:
    (draft,) = drafts(lines_file(tmp_path, r'{"text": "\ud83d\ude00"}'))
    assert draft.text == "😀"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_json_lines_part_at_line_feeds_only(tmp_path: Path, encoding: str) -> None:
    text = "one\u2028two\u0085three"
    line = json.dumps({"text": text}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_bytes(f"{line}\r\n{line}".encode(encoding))
    assert [(draft.file, draft.text) for draft in drafts(tmp_path / "a.jsonl")] == [
        ("a.jsonl:1", text),
        ("a.jsonl:2", text),
    ]


def test_damaged_utf16_lines_keep_those_before(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(('{"text": "a"}\n' * 9000).encode("utf-16") + b"\x00\xd8\n\0")
    *good, bad = read(tmp_path / "a.jsonl")
    assert good
    assert all(isinstance(outcome, Draft) for outcome in good)
    assert isinstance(bad, Failure)
    assert "damaged" in bad.reason


def test_json_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = lines_file(tmp_path, {"text": "first"})
    outcomes = read(path)
    first = next(outcomes)
    with path.open("a") as file:
        file.write('{"text": "second"}\n')
    second = next(outcomes)
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert (first.text, second.text) == ("first", "second")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(str.strip))
def test_any_text_survives_json_lines(tmp_path: Path, text: str) -> None:
    (draft,) = drafts(lines_file(tmp_path, {"text": text}))
    assert draft.text == text
