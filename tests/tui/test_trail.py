"""The way back through the places one was at, and places with a letter in texts that change."""

from __future__ import annotations

from workbench.tui.trail import Place, PlaceMark, Trail

ONE, TWO, THREE, FOUR = (Place(n, n + 1, 0) for n in range(4))
TEXT = "One fish. Two fish. Red fish. Blue fish."


def test_it_goes_back_and_forward_and_forgets_what_lay_ahead() -> None:
    trail = Trail()
    trail.leave("A", ONE)
    trail.leave("A", TWO)
    assert trail.go(-1, ("B", THREE)) == ("A", TWO)
    assert trail.go(-1, ("A", TWO)) == ("A", ONE)
    assert trail.go(-1, ("A", ONE)) is None
    assert trail.go(1, ("A", ONE)) == ("A", TWO)
    assert trail.go(1, ("A", TWO)) == ("B", THREE)
    assert trail.go(-1, ("B", THREE)) == ("A", TWO)
    trail.leave("A", FOUR)
    assert trail.go(1, ("C", ONE)) is None
    assert trail.go(-1, ("C", ONE)) == ("A", FOUR)


def test_a_jump_that_led_nowhere_costs_no_step_back() -> None:
    trail = Trail()
    trail.leave("A", ONE)
    trail.leave("A", TWO._replace(top=1))
    assert trail.go(-1, ("A", TWO)) == ("A", ONE)


def test_articles_that_are_gone_are_passed_over_and_an_empty_room_has_a_way_back() -> None:
    trail = Trail()
    trail.leave("A", ONE)
    trail.leave("gone", TWO)
    assert trail.go(-1, None, lambda article: article != "gone") == ("A", ONE)
    assert trail.go(-1, None) is None
    assert Trail().go(-1, None) is None


def test_a_mark_finds_its_words_in_another_version_of_the_text() -> None:
    at = TEXT.index("Red")
    mark = PlaceMark.at("A", Place(at, at + 9, 4), TEXT, "h")
    assert mark.place_in(TEXT) == (mark.place, True)
    assert mark.place_in("Red fish. No. " + TEXT) == (Place(at + 14, at + 23, 18), True)
    assert mark.place_in("Zero fish. Blue fish.") == (Place(20, 21, 4), False)
    assert mark.place_in("") == (Place(0, 0, 0), False)
    assert PlaceMark.from_kept(mark.kept) == mark
