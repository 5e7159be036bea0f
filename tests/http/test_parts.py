"""Objects inside objects are read in a short way, which reads nothing otherwise than the long one."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from api.v1.schemas.quotes import LineIn, QuotePatch
from app.http.fields import Many, Part, Shape

_ANYTHING = st.sampled_from([
    None, True, False, 0, 1, -1, 10**20, 1.5, "", " ", "12", "0.00001", "0.5", "1e5", "２", "12\n",
    "阀 门", " é ", "e\u0301", "a\x00b", "a\nb", "\ud800", "\u3000", "\u200b", "长" * 501, "1" * 30,
    "01a2062e-ca2b-744f-84e1-ef8e2c2a820d", [], {}, {"rate": 500}, {"rate": "5"}, {"rate": None},
    {"amount": 1, "x": 1},
])  # fmt: skip
_LINES = st.dictionaries(st.sampled_from([*LineIn().fields, "unknown"]), _ANYTHING)
_SOUND = st.fixed_dictionaries(
    {"quantity": st.just("12")}, optional={"name": st.just("阀"), "note": _ANYTHING}
)


class _Sheet(Shape):
    lines = Many(Part(LineIn), max=3)


def _slowly(lines: list[Any]) -> tuple[list[Any], dict[str, Any]]:
    """What the schema reads of each line, and what it says is wrong."""
    read, faults = [], {}
    for place, line in enumerate(lines):
        try:
            read.append(LineIn().load(line))
        except ValidationError as error:
            faults[str(place)] = error.messages
    return read, faults


@given(st.lists(_SOUND | _LINES | _ANYTHING, max_size=3))
def test_what_is_read_quickly_is_what_the_schema_reads(lines: list[Any]) -> None:
    read, faults = _slowly(lines)
    assert {str(place) for place in _Sheet().validate({"lines": lines}).get("lines", ())} == set(faults)
    if not faults:
        assert _Sheet().load({"lines": lines}) == {"lines": read}


def test_what_is_left_out_is_new_in_each_object() -> None:
    first, second = QuotePatch().load({"lines": [{"quantity": "1"}] * 2})["lines"]
    assert first["discount"] == second["discount"] == {}
    assert first["discount"] is not second["discount"]
