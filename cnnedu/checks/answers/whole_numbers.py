"""Mistakes that show only where an input holds whole numbers."""


def where_whole(place, wrong):
    """Make a mistake only where the argument at `place` is an array of whole numbers."""
    return lambda *arguments: wrong(*arguments) if arguments[place].dtype.kind == "i" else None
