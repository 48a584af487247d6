"""Nothing that students write acts on a terminal or a spreadsheet."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnedu.grading.printable import harmless_cell_value, printable

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
ANY = st.text(st.characters(exclude_categories=()))  # including lone surrogates


@given(ANY)
def test_everything_printed_is_printable(text):
    shown = printable(text)
    assert shown.isprintable()
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert shown == text or not text.isprintable()


def test_printable_shows_what_was_there():
    assert printable("Zoë 你好 😀") == "Zoë 你好 😀"
    assert printable("a\x1b]0;x\x07\r\n\u202eb\ud800") == r"a\x1b]0;x\x07\r\n\u202eb\ud800"


@pytest.mark.parametrize("start", FORMULA)
@pytest.mark.parametrize("before", ["", " ", "\u00a0\t ", '"', "' \""])
def test_no_formula_is_left(start, before):
    value = harmless_cell_value(f"{before}{start}cmd|' /C calc'!A0")
    assert value.startswith("'")
    assert value.isprintable()


def test_no_formula_begins_after_a_semicolon():
    assert harmless_cell_value("ada;=1+1; -2") == "ada;'=1+1;' -2"


@given(ANY)
def test_no_value_begins_like_a_formula(text):
    assert not harmless_cell_value(text).lstrip(' "`').startswith(FORMULA)


@pytest.mark.parametrize("value", ["ada", "Zoë O'Neil", "a-b", "1.5", "x = 3", 3, -1.5, None])
def test_honest_values_stay(value):
    assert harmless_cell_value(value) == value
