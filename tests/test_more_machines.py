"""docs/more_machines.md: its Python prints what the page shows."""

import doctest

from harness.course import ROOT


def test_the_page_prints_what_it_shows():
    page = ROOT / "docs/more_machines.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert tried >= 10 and not failed
