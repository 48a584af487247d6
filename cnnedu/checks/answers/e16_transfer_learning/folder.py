"""A folder of pictures as arrays, and well-known mistakes with it."""

from functools import lru_cache, partial

import numpy as np
from PIL import Image

from cnnedu.checks.case import Mistake
from cnnedu.checks.picture_folders import folder_function


def _convert(image, size, resampling=Image.Resampling.BOX):
    return image.convert("RGB").resize((size, size), resampling)


def _is_shown(file):
    return not file.name.startswith(".")


def _read(
    path,
    size,
    order=sorted,
    key=lambda file: file.name,
    counts=_is_shown,
    skips=lambda file: True,
    square=_convert,
    axes=(2, 0, 1),
    first=0,
):
    """Read a folder of pictures; the arguments after `size` each change one thing."""
    names = order(folder.name for folder in path.iterdir())
    x, y, skipped = [], [], []
    for label, name in enumerate(names):
        for file in sorted(filter(counts, (path / name).iterdir()), key=key):
            try:
                with Image.open(file) as image:
                    x.append(np.asarray(square(image, size)).transpose(axes))
                y.append(first + label)
            except (OSError, SyntaxError):
                skipped += [f"{name}/{file.name}"] * skips(file)
    return np.array(x), np.array(y), sorted(names), skipped


def _read_with(read=_read, **changed):
    """Return what `folder_function` makes of `_read`; it remembers its answers: files are slow."""
    answer = folder_function(partial(read, **changed))

    @lru_cache(maxsize=2**10)
    def remembered(rows, size):
        return answer(np.array(rows), size)

    return lambda files, size: remembered(tuple(map(tuple, files.tolist())), size)


folder_as_numbers = _read_with()


def _by_endings(*endings, lower=True):
    """Return a test of a file by its ending, and by the dot in front."""

    def counts(file):
        ending = file.suffix.lower() if lower else file.suffix
        return ending in endings and _is_shown(file)

    return counts


def _read_filled(path, size):
    """Leave empty classes out."""
    x, y, names, skipped = _read(path, size)
    filled = np.unique(y)
    return x, np.searchsorted(filled, y), [names[label] for label in filled], skipped


def _blue_first(image, size):
    return np.asarray(_convert(image, size))[:, :, ::-1]


def _shrunk_first(image, size):
    return image.resize((size, size), Image.Resampling.BOX).convert("RGB")


def _middle(image, size):
    """Cut the middle square out."""
    edge = min(image.size)
    left, top = ((n - edge) // 2 for n in image.size)
    return _convert(image.crop((left, top, left + edge, top + edge)), size)


ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif")
UNSORTED = "The labels don't match the names: number the classes in their sorted order."

MISTAKES = (
    Mistake(
        "List the files that can't be read in `skipped`, as class/file.",
        _read_with(skips=lambda file: False),
    ),
    Mistake(
        "Hidden files (their names begin with a dot) don't count.",
        _read_with(counts=lambda file: True),
    ),
    *(
        Mistake(
            "You went by the endings. A picture may have any ending, and what Pillow can't read "
            "is `skipped`, whatever its ending: try all files.",
            _read_with(counts=_by_endings(*ENDINGS[:count], lower=lower)),
        )
        for count, lower in ((1, True), (2, True), (3, False), (3, True), (4, False), (5, True))
    ),
    Mistake(
        "You left the folders in a class out: list them in `skipped`, too.",
        _read_with(counts=lambda file: file.is_file() and _is_shown(file)),
    ),
    Mistake(
        "An empty class is missing: it is in `names`, and so it counts when the classes are "
        "numbered.",
        _read_with(_read_filled),
    ),
    Mistake(
        "The rows and columns of the pictures are swapped: channels first is transpose(2, 0, 1).",
        _read_with(axes=(2, 1, 0)),
    ),
    Mistake(
        "The colours are in the wrong order: red, green and blue, as Pillow has them.",
        _read_with(square=_blue_first),
    ),
    Mistake(
        "You shrank the pictures before you turned them into RGB: turn them first.",
        _read_with(square=_shrunk_first),
    ),
    Mistake(
        "You cut the middle square out: here the whole picture is shrunk or stretched.",
        _read_with(square=_middle),
    ),
    *(
        Mistake(
            "You shrank the pictures in another way: give `resize` Image.Resampling.BOX.",
            _read_with(square=partial(_convert, resampling=resampling)),
        )
        for resampling in Image.Resampling
        if resampling != Image.Resampling.BOX
    ),
    Mistake(
        "The files aren't in the order of their names as strings, in which 10.png comes before "
        "9.png.",
        _read_with(key=lambda file: int(file.stem)),
    ),
    Mistake(
        "The files are in the opposite order: sort them by their names.",
        _read_with(key=lambda file: [-ord(letter) for letter in f"{file.name}\x7f"]),
    ),
    Mistake("The labels count from 0, as places in a list do.", _read_with(first=1)),
    Mistake(UNSORTED, _read_with(order=lambda names: sorted(names, reverse=True))),
    Mistake(UNSORTED, _read_with(order=lambda names: sorted(names, key=str.lower))),
)
