"""Words on a map stand inside it, and none over another."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.parts.map_labels import Frame, around, box_of, clear_ones, first_clear
from dashboard.parts.series_map import close_map
from linkage.review.map_view import WHOLE, window_around
from linkage.travel import Stop

SIZE = (480, 160)
PLYMOUTH, SALTASH, LOOE = (50.371, -4.143), (50.408, -4.209), (50.354, -4.454)


def stop(at: tuple[float, float], radius: float = 2.0) -> Stop:
    return Stop("r", "somewhere", *at, radius, None, None)


def _written(stops: list[Stop]) -> dict[str, tuple[float, float, float]]:
    """Words on the close map -> where they stand in pixels, and their size."""
    frame = Frame(window_around(stops), *SIZE)
    drawn = close_map(stops, [], SIZE).to_dict()
    found: dict[str, tuple[float, float, float]] = {}
    for layer in drawn["layer"]:
        mark: dict[str, Any] = layer["mark"]
        if mark["type"] != "text" or "words" not in str(layer.get("encoding")):
            continue
        for row in drawn["datasets"][layer["data"]["name"]]:
            x, y = frame.pixel((row["x"], row["y"]))
            found[row["words"]] = (x, y + mark.get("dy", 0), mark["fontSize"])
    return {words: place for words, place in found.items() if not words.endswith(" km")}


def test_incidents_whose_points_would_lie_over_each_other_share_their_numbers() -> None:
    stops = [stop(PLYMOUTH), stop(PLYMOUTH), stop((50.372, -4.150)), stop(LOOE)]
    written = _written(stops)
    assert "1-3" in written
    assert "4" in written


def test_each_place_has_its_point() -> None:
    drawn = close_map([stop(PLYMOUTH), stop(PLYMOUTH), stop(LOOE)], [], SIZE).to_dict()
    points = next(layer for layer in drawn["layer"] if layer["mark"]["type"] == "circle")
    assert len(drawn["datasets"][points["data"]["name"]]) == 2


@settings(max_examples=25)  # each draws a map
@given(
    st.lists(
        st.tuples(st.floats(50.2, 50.6), st.floats(-4.6, -4.0)).map(stop),
        min_size=1,
        max_size=4,
    )
)
def test_no_name_of_a_town_lies_under_a_number_or_off_the_map(stops: list[Stop]) -> None:
    frame, written = Frame(window_around(stops), *SIZE), _written(stops)
    boxes = {words: box_of((x, y), words, int(size)) for words, (x, y, size) in written.items()}
    towns = {words for words in boxes if not words[0].isdigit()}
    assert all(frame.holds(boxes[town]) for town in towns)
    assert not any(boxes[town].touches([boxes[words]]) for town in towns for words in boxes if words not in towns)


def test_words_stand_where_the_map_is_free() -> None:
    frame = Frame(WHOLE, 100, 100)
    places = [box_of((0, -45), "1-5", 13), box_of((0, 20), "1-5", 13)]
    assert first_clear(places, frame, []) == 1
    assert first_clear(places, frame, [around((0, 20), 10)]) == 0


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-90, 90)).map(lambda at: box_of(at, "12", 12))))
def test_what_is_written_never_touches(boxes: list[Any]) -> None:
    written = [boxes[at] for at in clear_ones(boxes)]
    assert not any(one.touches([other]) for one, other in combinations(written, 2))
    assert all(box.touches(written) or box in written for box in boxes)
