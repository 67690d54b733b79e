"""The fold of one thing's changes, from changes made by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.store.changes import Change, make
from workbench.store.fold import fold

THING = "T" * 25 + "A"
ANALYSTS = ("A" * 26, "B" * 25 + "A")


def change(lamport: int, setting: dict[str, object], *seen: Change, by: int = 0) -> Change:
    return make(
        "note",
        THING,
        setting,  # type: ignore[arg-type]
        analyst=ANALYSTS[by],
        lamport=lamport,
        wall=lamport,
        supersedes=[one.id for one in seen],
    ).change


def test_a_later_change_that_saw_the_first_takes_its_place() -> None:
    first = change(1, {"alive": True, "title": "a"})
    second = change(2, {"title": "b"}, first)
    state = fold([second, first])
    assert state.values == {"alive": True, "title": "b"} and not state.conflicts


def test_edits_that_did_not_see_each_other_are_a_conflict_until_one_saw_both() -> None:
    first = change(1, {"alive": True, "title": "a"})
    mine, theirs = change(2, {"title": "b"}, first), change(5, {"title": "c"}, first, by=1)
    state = fold([first, mine, theirs])
    assert state.values["title"] == "c" and state.conflicts == {"title": 2}
    settled = change(6, {"title": "b or c"}, mine, theirs)
    state = fold([settled, theirs, mine, first])
    assert state.values["title"] == "b or c" and not state.conflicts


def test_equal_edits_agree() -> None:
    first = change(1, {"alive": True, "title": "a"})
    state = fold([first, change(2, {"title": "b"}, first), change(3, {"title": "b"}, first, by=1)])
    assert state.values["title"] == "b" and not state.conflicts


def test_a_deletion_that_saw_everything_deletes() -> None:
    first = change(1, {"alive": True, "title": "a"})
    state = fold([first, change(2, {"alive": False}, first)])
    assert not state.alive and not state.contested


def test_an_edit_the_deleter_had_not_seen_keeps_the_thing_alive_and_contested() -> None:
    first = change(1, {"alive": True, "title": "a"})
    edit = change(3, {"title": "b"}, first, by=1)
    state = fold([first, change(2, {"alive": False}, first), edit])
    assert state.alive and state.contested and state.values["title"] == "b"


def test_an_edit_made_under_a_deletion_does_not_bring_the_thing_back() -> None:
    first = change(1, {"alive": True, "title": "a"})
    deletion = change(2, {"alive": False}, first)
    state = fold([first, deletion, change(3, {"title": "b"}, first, deletion)])
    assert not state.alive


def test_a_deletion_and_a_restoration_side_by_side_keep_the_thing() -> None:
    first = change(1, {"alive": True})
    deletion = change(2, {"alive": False}, first)
    restored = change(3, {"alive": True}, deletion)
    state = fold([first, deletion, restored, change(4, {"alive": False}, deletion, by=1)])
    assert state.alive and state.contested


@given(st.data())
def test_the_order_of_arrival_does_not_matter(data: st.DataObject) -> None:
    made: list[Change] = []
    for lamport in range(1, data.draw(st.integers(2, 9))):
        seen = data.draw(st.lists(st.sampled_from(made), unique=True)) if made else []
        setting = data.draw(
            st.dictionaries(st.sampled_from(["alive", "title", "body"]), st.booleans(), min_size=1)
        )
        made.append(change(lamport, setting, *seen, by=lamport % 2))
    shuffled = data.draw(st.permutations(made))
    assert fold(shuffled) == fold(made)
    assert fold([*shuffled, shuffled[0]]).values == fold(made).values
