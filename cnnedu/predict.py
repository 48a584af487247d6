"""Classify picture files and draw where the network looked."""

import io
from pathlib import Path

from torch import nn

from cnnedu.data.pictures import PictureError, middle_square, open_picture
from cnnedu.data.whole_file import write_whole
from cnnedu.explain.grad_cam import grad_cam

SIZE = 32  # pixels: the size the pretrained networks were trained on
SHOWN = 256  # pixels of the drawn picture
ENDING = ".cam.png"


def predict(trained, pictures, out=None):
    """Yield, line by line, what a network says about pictures; write a Grad-CAM overlay of each.

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
    layer = last_convolution(trained.network)
    width = max(map(len, map(str, pictures)))
    yield f"{'picture':<{width}}  the three likeliest classes", True
    written, told = set(), set()
    for file in map(Path, pictures):
        try:
            image = _picture(file)
        except PictureError as problem:
            yield f"{file!s:<{width}}  {problem}", False
            continue
        said, heat = _answer(trained, image, layer)
        target = _free(Path(out) if out else file.parent, file.stem, written)
        complaint = _write_overlay(image, heat, said[0], target)
        answer = "  ".join(f"{words:<16}" for words in said)
        yield f"{file!s:<{width}}  {answer}" + ("" if complaint else f"  → {target}"), True
        if complaint and complaint not in told:
            told.add(complaint)
            yield complaint, False
    names = ", ".join(trained.classes)
    yield f"\nThe network knows only {len(trained.classes)} classes ({names}).", True
    yield "Whatever else you show it, it names one of them, and may sound sure.", True
    accuracy = f"{100 * trained.test_accuracy:.0f} of 100"
    yield f"On the test pictures of CIFAR-10 (JPEG copy), {accuracy} answers were right.", True


def last_convolution(network):
    """Return the name of the convolution that a network defines last.

    Raises:
        ValueError: the network has no convolution.

    >>> last_convolution(nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Flatten()))
    '0'
    """
    names = [name for name, part in network.named_modules() if isinstance(part, nn.Conv2d)]
    if not names:
        raise ValueError("last_convolution: the network has no convolution")
    return names[-1]


def _picture(file):
    """Return a picture of the user's, as a Pillow image."""
    if file.name.endswith(ENDING):
        raise PictureError(f"it is an overlay: files that end in {ENDING} are skipped")
    if file.is_dir():
        raise PictureError("it is a folder; name the pictures in it")
    return open_picture(file)[0]


def _answer(trained, image, layer):
    """Return the likeliest classes in words, and the heat map (h, w) of the first."""
    x = middle_square(image, SIZE).transpose(2, 0, 1)[None]
    p = trained.probabilities(x)[0]
    likeliest = p.argsort()[::-1][:3]
    heat = grad_cam(trained.network, trained.prepare(x)[0], int(likeliest[0]), layer).numpy()
    return [f"{trained.classes[k]} {100 * p[k]:.0f} %" for k in likeliest], heat


def _write_overlay(image, heat, said, target):
    """Write the overlay, the whole of it or nothing; return why it can't be written, or ""."""
    drawn = io.BytesIO()
    try:
        from cnnedu.plots.heatmaps import show_overlay  # Matplotlib wants a folder to write in

        show_overlay(middle_square(image, SHOWN), heat, said).savefig(drawn)
    except OSError as problem:
        return f"no overlay is drawn: {problem}"
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
