"""Classify picture files and draw where the network looked."""

import io
from pathlib import Path

from cnnedu.data.pictures import PictureError, middle_square, open_picture
from cnnedu.data.whole_file import write_whole
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.overlay import overlay

ENDING = ".cam.png"
FEW = 10  # classes: of so few, three are named for each picture; of more, five


def predict(trained, pictures, out=None):
    """Yield, line by line, what a network says about pictures; write a Grad-CAM overlay of each.

    An overlay has the picture's own resolution. The network sees the square in the middle.

    Args:
        trained: what `load_pretrained` returns.
        pictures: paths of the files.
        out: folder for the overlays, made if it is missing; None puts each overlay beside its
            picture. If two pictures have the same name, the second overlay is NAME-2.cam.png.

    Yields:
        (line, ok): the lines of a table, a complaint (ok is False) about each picture that can't
        be used and each folder in which no overlay can be written, and at the end what the network
        can't know.
    """
    likeliest = 3 if len(trained.classes) <= FEW else 5
    width = max(map(len, map(str, pictures)))
    yield f"{'picture':<{width}}  the {_word(likeliest)} likeliest classes", True
    written, told = set(), set()
    for file in map(Path, pictures):
        try:
            image = _picture(file)
        except PictureError as problem:
            yield f"{file!s:<{width}}  {problem}", False
            continue
        said, heat = _answer(trained, image, likeliest)
        target = _free(Path(out) if out else file.parent, file.stem, written)
        complaint = _write_overlay(image, heat, said[0], target)
        yield f"{file!s:<{width}}  {', '.join(said)}" + ("" if complaint else f"  → {target}"), True
        if complaint and complaint not in told:
            told.add(complaint)
            yield complaint, False
    names = ", ".join(trained.classes if len(trained.classes) <= FEW else trained.classes[:3])
    more = ", …" * (len(trained.classes) > FEW)
    yield f"\nThe network knows only {len(trained.classes):,} classes ({names}{more}).", True
    yield "Whatever else you show it, it names one of them, and may sound sure.", True
    accuracy = f"{100 * trained.test_accuracy:.0f} %"
    yield f"On {trained.tested_on}, {accuracy} of the answers were right.", True


def _word(number):
    return {3: "three", 5: "five"}[number]


def _picture(file):
    """Return a picture of the user's, as a Pillow image."""
    if file.name.endswith(ENDING):
        raise PictureError(f"it is an overlay: files that end in {ENDING} are skipped")
    if file.is_dir():
        raise PictureError("it is a folder; name the pictures in it")
    return open_picture(file)[0]


def _answer(trained, image, likeliest):
    """Return the likeliest classes in words, and the heat map (h, w) of the first."""
    x = middle_square(image, trained.size).transpose(2, 0, 1)[None]
    p = trained.probabilities(x)[0]
    best = p.argsort()[::-1][:likeliest]
    heat = grad_cam(trained.network, trained.prepare(x)[0], int(best[0]), trained.maps).numpy()
    return [f"{trained.classes[k]} {100 * p[k]:.0f} %" for k in best], heat


def _write_overlay(image, heat, said, target):
    """Write the overlay, the whole of it or nothing; return why it can't be written, or ""."""
    drawn = io.BytesIO()
    overlay(image, heat, said).save(drawn, "png")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, drawn.getvalue())
    except OSError as problem:
        return (
            f"no overlay is written in {target.parent} ({problem.strerror}): name another folder "
            "with --out"
        )
    return ""


def _free(folder, stem, written):
    """Return a path for the overlay that this run hasn't used yet."""
    number, path = 1, folder / f"{stem}{ENDING}"
    while path in written:
        number += 1
        path = folder / f"{stem}-{number}{ENDING}"
    written.add(path)
    return path
