"""From a folder of photographs to a network for them: split, frozen features, fine-tuning."""

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from cnnedu.data.folders import Folder, load_folder
from cnnedu.data.splits import thing_of
from cnnedu.data.whole_file import write_whole
from cnnedu.models.pretrained import Pretrained, load_pretrained
from cnnedu.tasks.frozen_maps import SMALLEST, VIEWS, maps_of
from cnnedu.tasks.head_training import BATCH, WARM_UP, train_head
from cnnedu.tasks.transfer import fit_probe
from cnnedu.training.evaluate import evaluate
from cnnedu.training.settings import TrainingError

FROZEN = 6  # stages that stay as they are: their maps are computed once
# Tried with 12 pictures per class, on enlarged CIFAR-10 pictures and on generated shapes: with
# three times these rates, the validation loss jumps in the first epochs.
RATES = {"stage7": 3e-5, "stage8": 3e-5, "stage9": 3e-5, "dense": 3e-4}
DECAYS = 0.001, 0.01, 0.1  # of the probe's weights; the validation pictures choose
SHARE = 0.2  # of the things of each class kept for the test, and as many for validation
PARTS = "training", "validation", "test"
MOST = 2500  # files: by arithmetic, 1 GB of pictures and maps beside PyTorch's own 0.4 GB
OURS = re.compile(r"[0-9a-f]{16}-\d+\.(safetensors|pt)")  # files in the cache
TOLD = 10  # lines about single files; all of them are written to a file


class Finetuned(NamedTuple):
    """What `finetune` found."""

    trained: Pretrained  # its test accuracy is that of `probabilities`
    pictures: Folder
    parts: dict  # part: numbers of its pictures
    groups: np.ndarray  # for each picture the name of the thing it shows
    history: list  # per epoch, from 0, the validation loss and accuracy; epoch 0 is the probe
    probabilities: np.ndarray  # (test pictures, K)


def finetune(folder, out, epochs=10, seed=0, tell=print, progress=None):
    """Adapt the ImageNet network to a folder of photographs, one subfolder per class.

    First all its layers are frozen, and a linear probe is fitted to its features. Then its last
    stages learn on, from there. The weights with the lowest validation loss are kept, whether they
    are the probe's or an epoch's. The test pictures are read once, at the end. What is done
    is kept in `out`; the same call goes on from there, and ends with the same weights.

    Args:
        folder: path of the folder.
        out: path of the folder to work in; it is made if it is missing.
        epochs: passes over the training pictures.
        seed: for the split, the crops and the order.
        tell: function that is given lines of text.
        progress: function of (what is done, how much of it there is) that returns a function to
            be called with how much more is done; or None.

    Returns:
        `Finetuned`.

    Raises:
        FolderError: the folder can't be used, or has too many files.
        TrainingError: there are too few pictures of a class, or one class only, or `out` lies in
            `folder`.
    """
    out = Path(out)
    if out.resolve().is_relative_to(Path(folder).resolve()):
        raise TrainingError(f"{out} lies in the folder of pictures: choose another --out")
    known = load_pretrained("imagenet")
    pictures = load_folder(folder, known.size, MOST)
    groups = np.array([thing_of(file) for file in pictures.files])
    parts = split(pictures, groups, seed)
    tell(_counts(pictures, groups, parts))

    (out / "cache").mkdir(parents=True, exist_ok=True)
    _tell_of_files(pictures.messages, out, tell)
    x, y = torch.from_numpy(pictures.x), torch.from_numpy(pictures.y)
    key = _key(pictures, seed, known.network)
    for file in (out / "cache").iterdir():
        if OURS.fullmatch(file.name) and not file.name.startswith(key):
            file.unlink()  # of other pictures, or another seed
    kinds = {"training": range(VIEWS)}
    views = [(int(n), k) for part in PARTS for n in parts[part] for k in kinds.get(part, range(1))]
    body, head = known.network[:FROZEN], known.network[FROZEN:]
    advance = progress and progress("frozen layers", len(views))
    maps = maps_of(body, known.prepare, x, views, seed, out / "cache" / key, advance)
    numbers = torch.tensor([number for number, _ in views])
    at = {part: torch.isin(numbers, torch.from_numpy(parts[part])) for part in PARTS}

    validation = maps[at["validation"]], y[numbers[at["validation"]]]
    training = maps[at["training"]], y[numbers[at["training"]]], numbers[at["training"]]
    head[-1] = _probe(head, training, validation, len(pictures.classes))
    advance = progress and progress("epochs", epochs)
    state = out / "cache" / f"{key}-{epochs}.pt"
    history = train_head(head, training, validation, RATES, epochs, seed, state, advance)
    network = nn.Sequential()
    for name, part in (*body.named_children(), *head.named_children()):
        network.add_module(name, part)
    network.requires_grad_(True).eval()
    probabilities = _probabilities(head, maps[at["test"]])
    right = (probabilities.argmax(axis=1) == pictures.y[parts["test"]]).mean()
    trained = Pretrained(
        network, pictures.classes, known.mean, known.std, float(right),
        f"{len(parts['test'])} pictures of the folder kept for the test", known.maps, known.size,
    )  # fmt: skip
    return Finetuned(trained, pictures, parts, groups, history, probabilities)


def split(pictures, groups, seed):
    """Return {part: numbers of its pictures}: of each class, whole things, in random order.

    Raises:
        TrainingError: there is one class only, or a class has too few things.
    """
    if len(pictures.classes) < 2:
        raise TrainingError(f"only one class, {pictures.classes[0]}: put others beside its folder")
    rng, part_of = np.random.default_rng(seed), {}
    for label, name in enumerate(pictures.classes):
        things = rng.permutation(np.unique(groups[pictures.y == label]))
        if len(things) < 3:
            things_of = f"{len(things)} thing{'s' * (len(things) > 1)}"
            raise TrainingError(
                f"class {name} has {things_of}; it needs at least 3: one for training, one for "
                "validation, one for the test. Add pictures, 20 are a good start (those in a "
                "subfolder of the class count as one thing)"
            )
        aside = max(1, round(SHARE * len(things)))
        for number, thing in enumerate(things):
            part_of[thing] = PARTS[2 if number < aside else 1 if number < 2 * aside else 0]
    part = np.array([part_of[thing] for thing in groups])
    return {name: np.flatnonzero(part == name) for name in PARTS}


def _tell_of_files(messages, out, tell):
    """Tell which files were left out or changed: the first ones, those left out before others."""
    ordered = sorted(messages, key=lambda line: not line.endswith("left out"))
    for line in ordered[:TOLD]:
        tell(line)
    if len(ordered) > TOLD:
        tell(f"… and {len(ordered) - TOLD} more lines like these in {out / 'files.txt'}")
    write_whole(out / "files.txt", "".join(f"{line}\n" for line in ordered).encode())


def _counts(pictures, groups, parts):
    shown = ", ".join(
        f"{len(numbers)} for {name}"
        + f" ({len(set(groups[numbers]))} things)" * (len(set(groups)) < len(groups))
        for name, numbers in parts.items()
    )
    return f"{len(pictures.y)} pictures of {len(pictures.classes)} classes: {shown}"


def _key(pictures, seed, network):
    """Return a name that tells this training from all others: pictures, settings, first weights."""
    content = hashlib.blake2b(digest_size=8)
    for array in (pictures.x, pictures.y, *(w.numpy() for w in network.state_dict().values())):
        content.update(array.tobytes())
    settings = FROZEN, VIEWS, SMALLEST, RATES, DECAYS, SHARE, BATCH, WARM_UP
    content.update(repr((pictures.files, pictures.classes, seed, settings)).encode())
    return content.hexdigest()


def _probe(head, training, validation, classes):
    """Return the linear probe whose weight decay suits the validation pictures best."""
    seen, judged = (_features(head, maps) for maps in (training[0], validation[0]))
    probes = [fit_probe(seen, training[1], classes, decay) for decay in DECAYS]
    return min(probes, key=lambda probe: evaluate(probe, judged, validation[1])[0])


@torch.no_grad()
def _features(head, maps):
    """Return the features (N, D) that the last layer sees."""
    rest = head[:-1].eval()
    return torch.cat([rest(part.float()) for part in maps.split(64)])


@torch.no_grad()
def _probabilities(head, maps):
    logits = torch.cat([head(part.float()) for part in maps.split(64)])
    return logits.softmax(dim=1).numpy()
