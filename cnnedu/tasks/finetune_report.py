"""What a fine-tuned network leaves behind: its weights, a confusion table, a page and a card."""

import base64
import html
import io
import json
import math
from pathlib import Path

import numpy as np
from safetensors.torch import save

from cnnedu.data.pictures import middle_square, open_picture
from cnnedu.data.whole_file import write_whole
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.overlay import tinted
from cnnedu.models.model_card import model_card

SHOWN = 30  # mistakes on the page
SIDE = 320  # pixels of a picture on the page
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
figure { margin: 1.5rem 0; }
img { width: min(320px, 47%); height: auto; border-radius: 6px; }
figcaption { margin-top: .3rem; }
"""


def write_report(found, folder, out):
    """Write the weights, the confusion table, the page of mistakes and the model card.

    Args:
        found: `cnnedu.tasks.finetune.Finetuned`.
        folder: where its pictures are.
        out: path of the folder to write to, which exists.

    Returns:
        The confusion table, as text.

    Raises:
        OSError: a file can't be written.
    """
    out, name = Path(out), Path(folder).resolve().name
    trained = found.trained
    about = {
        "classes": trained.classes,
        "test_accuracy": trained.test_accuracy,
        "tested_on": trained.tested_on,
    }
    weights = {key: value.contiguous() for key, value in trained.network.state_dict().items()}
    write_whole(out / "model.safetensors", save(weights, {"about": json.dumps(about)}))
    matrix = confusion(found)
    write_whole(out / "confusion.png", _drawn(matrix, trained.classes))
    write_whole(out / "mistakes.html", _page(found, Path(folder), name).encode())
    write_whole(out / "model_card.md", _card(found, matrix, name).encode())
    return _table(matrix, trained.classes)


def confusion(found):
    """Return the counts (K, K) of the test pictures, row: right class, column: answer."""
    count = len(found.trained.classes)
    matrix = np.zeros((count, count), int)
    right = found.pictures.y[found.parts["test"]]
    np.add.at(matrix, (right, found.probabilities.argmax(axis=1)), 1)
    return matrix


def interval(right, of):
    """Return the 95 % interval of a share, from 0 to 1 (Wilson 1927), for independent pictures.

    >>> [round(end, 2) for end in interval(18, 20)]
    [0.7, 0.97]
    """
    z, share = 1.96, right / of
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z / (1 + z**2 / of) * math.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return middle - half, middle + half


def _table(matrix, classes):
    """Return a confusion matrix as text: a row per right class, a column per answer."""
    width, columns = max(map(len, classes)), [max(5, len(name)) for name in classes]
    head = "  ".join(f"{name:>{w}}" for name, w in zip(classes, columns, strict=True))
    lines = [f"{'it is ↓  said →':<{max(width, 15)}}  {head}"]
    for name, row in zip(classes, matrix, strict=True):
        cells = "  ".join(f"{count:>{w}}" for count, w in zip(row, columns, strict=True))
        lines.append(f"{name:<{max(width, 15)}}  {cells}")
    return "\n".join(lines)


def _drawn(matrix, classes):
    import matplotlib

    matplotlib.use("agg")  # the picture goes to a file: no window
    from cnnedu.plots.evaluation import show_confusion

    picture = io.BytesIO()
    show_confusion(matrix, classes).savefig(picture, format="png")
    return picture.getvalue()


def _page(found, folder, name):
    """Return the page of mistakes: HTML that needs no other file."""
    numbers, p = found.parts["test"], found.probabilities
    y, said = found.pictures.y[numbers], p.argmax(axis=1)
    wrong = np.flatnonzero(said != y)
    surest = wrong[np.argsort(-p.max(axis=1)[wrong], kind="stable")]
    shown, about = surest[:SHOWN], f"{len(wrong)} of {len(y)} test pictures were misclassified."
    about += " The mistakes that it was surest of come first."
    if len(wrong) > SHOWN:
        about += f" {SHOWN} are shown."
    if not len(wrong):
        shown = np.argsort(p.max(axis=1), kind="stable")[:6]
        about = f"All {len(y)} test pictures were classified correctly. It was least sure of these:"
    figures = "".join(_figure(found, folder, numbers[i], p[i]) for i in shown)
    title = html.escape(f"Mistakes: {name}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main><h1>{title}</h1><p>{html.escape(about)}</p>"
        "<p>On the left is the photograph; on the right, red marks the evidence for the answer "
        f"(Grad-CAM).</p>{figures}</main></body></html>\n"
    )


def _figure(found, folder, number, p):
    """Return a picture, its map, and what was said of it, as HTML."""
    trained, file = found.trained, found.pictures.files[number]
    said, right = int(p.argmax()), trained.classes[found.pictures.y[number]]
    image = open_picture(folder / file)[0]
    x = middle_square(image, trained.size).transpose(2, 0, 1)[None]
    heat = grad_cam(trained.network, trained.prepare(x)[0], said, trained.maps)
    image.thumbnail((SIDE, SIDE))
    answer = f"{trained.classes[said]}, {_percent(p[said])}"
    caption = f"{file}: {right}. The network said {answer}"
    if found.pictures.y[number] == p.argsort()[-2]:
        caption += f"; then {right}, {_percent(p[found.pictures.y[number]])}"
    alternatives = f"photograph of {right}", f"the same in grey, red where it speaks for {answer}"
    pictures = " ".join(
        f'<img src="data:image/jpeg;base64,{_jpeg(one)}" alt="{html.escape(alternative)}">'
        for one, alternative in zip((image, tinted(image, heat)), alternatives, strict=True)
    )
    return f"<figure>{pictures}<figcaption>{html.escape(caption)}</figcaption></figure>"


def _jpeg(image):
    content = io.BytesIO()
    image.save(content, "jpeg", quality=85)
    return base64.b64encode(content.getvalue()).decode()


def _card(found, matrix, name):
    """Return the model card: what the command knows, and questions to whoever took the pictures."""
    trained, parts = found.trained, found.parts
    right, of = int(np.trace(matrix)), int(matrix.sum())
    low, high = interval(right, of)
    best = min(range(len(found.history)), key=lambda e: found.history[e]["validation_loss"])
    chosen = "the linear probe, without an epoch" if best == 0 else f"the weights of epoch {best}"
    judged = [row["validation_accuracy"] for row in found.history]
    rows = [len(set(found.groups[numbers])) for numbers in parts.values()]
    counts = {
        part: f"{len(numbers)} pictures of {things} things"
        for (part, numbers), things in zip(parts.items(), rows, strict=True)
    }
    classes = ", ".join(trained.classes)
    return model_card(
        name,
        {
            "intended use": f"*(Yours to write.)* It sorts photographs into {len(matrix)} classes: "
            f"{classes}. Who will use it, for what, and what does a mistake cost?",
            "not for": "*(Yours to write.)* Anything where a mistake would hurt somebody; anything "
            "but these classes: shown something else, it names one of them all the same.",
            "data": f"{len(found.pictures.y)} photographs from the folder `{name}`, each cropped "
            f"to the square in its middle, {trained.size}×{trained.size} pixels. *(Yours to write: "
            "who took them, where, when, with which camera, and who decided what they show?)*",
            "splits": counts
            | {
                "rule": "at random, class by class; pictures in one subfolder of a class stay "
                "together, all others count as independent",
                "test pictures": "read once, at the end",
            },
            "training": "EfficientNet-Lite0, trained by others on ImageNet; stages 1 to "
            f"6 stay as they are, the rest learnt for up to {len(found.history) - 1} epochs, "
            "beginning with a linear probe. We kept the weights with the lowest validation loss: "
            f"{chosen}. Validation accuracy: probe {_percent(judged[0])}, chosen "
            f"{_percent(judged[best])}.",
            "measures": {
                "test accuracy": f"{right} of {of} right, {_percent(right / of)}; 95 % interval "
                f"{_percent(low)} to {_percent(high)}, if the test pictures are independent",
                "always the commonest class": f"{matrix.sum(axis=1).max()} of {of}",
            }
            | {
                f"recall of {kind}": f"{row[k]} of {row.sum()}"
                for k, (kind, row) in enumerate(zip(trained.classes, matrix, strict=True))
            },
            "limits": "- What it was tested on came from the same folder as what it learnt from: "
            "the test accuracy says nothing about other cameras, places and times.\n"
            "- If several pictures show one thing and don't share a subfolder, the figures above "
            "are too good.\n- Its probabilities were not calibrated.\n"
            "- *(Yours to write: what is missing in the pictures?)*",
        },
    )


def _percent(share):
    return f"{100 * share:.0f} %"
