"""Lesson 17: what a single run can't tell: the embedding of faces, by seed."""

from cnnedu.experiments.l17_beyond import FACE_STEPS
from cnnedu.experiments.store import Experiment, Part, by_name
from cnnedu.kernels.ranking import equal_error_rate, roc
from cnnedu.models.embedding import Embedding
from cnnedu.tasks.faces import LEARN, TEST, distances_of_pairs, face_patches, learn_faces
from cnnedu.training.fitting import seeded


def faces(seed):
    """Return {distance: equal error rate} on the test patches: trained, random weights, pixels."""
    patches = face_patches()
    with seeded(seed):
        untrained = Embedding().eval()
    points = {
        "trained": _embedding(patches[LEARN], FACE_STEPS, seed),
        "random weights": untrained,
        "pixels": lambda x: x.flatten(1),
    }
    return {name: _error(point_of, patches[TEST], seed) for name, point_of in points.items()}


def _embedding(patches, steps, seed):
    with seeded(seed):
        network = Embedding()
        learn_faces(network, patches, steps, seed=seed)
    return network


def _error(point_of, patches, seed):
    pairs = distances_of_pairs(point_of, patches, seed=seed + 1)
    return round(equal_error_rate(*roc(*pairs)[:2]), 4)


figures = Experiment(
    "l17_faces",
    "the embedding of faces, trained and tested with several seeds",
    {
        "faces": Part(faces, minutes=1, seeds=(0, 1, 2, 3), arrange=by_name, needs_cifar10=False),
    },
)
