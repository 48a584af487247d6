"""Faces: views of patches, the triplet loss, and distances between pairs."""

import numpy as np
import torch

from cnnedu.models.embedding import Embedding
from cnnedu.tasks.faces import (
    LEARN,
    TEST,
    distances_of_pairs,
    face_patches,
    learn_faces,
    triplet_loss,
    views,
)


def test_triplets():
    a = torch.tensor([[0.0, 0], [3, 4]])
    assert triplet_loss(a, a, margin=1.0) == 0  # the other is 25 away
    assert triplet_loss(a, a.flip(0), margin=1.0) == 26
    assert triplet_loss(a, a, margin=30.0) == 5


def test_views_are_views_of_their_faces_and_repeat_with_the_seed():
    faces = face_patches()
    assert faces.shape == (100, 1, 25, 25) and 0 <= faces.min() and faces.max() <= 1
    assert LEARN.stop <= TEST.start
    first, again = (views(faces[:7], torch.Generator().manual_seed(4)) for _ in range(2))
    assert torch.equal(first, again) and first.shape == (7, 1, 21, 21)
    assert first.mean(dim=(2, 3)).abs().max() < 1e-5
    assert torch.allclose(first.std(dim=(2, 3)), torch.ones(7, 1))


def test_an_embedding_learns():
    torch.manual_seed(0)
    network = Embedding()
    losses = learn_faces(network, face_patches()[:8], steps=12)
    assert len(losses) == 12 and losses[-1] < losses[0] and not network.training


def test_pairs_are_the_same_face_on_the_diagonal_alone():
    faces = torch.rand(3, 1, 25, 25, generator=torch.Generator().manual_seed(0))
    distances, same = distances_of_pairs(lambda x: x.flatten(1), faces, times=2)
    assert np.array_equal(same.reshape(2, 3, 3), np.tile(np.eye(3, dtype=bool), (2, 1, 1)))
    assert distances.shape == (18,) and not np.array_equal(distances[:9], distances[9:])
