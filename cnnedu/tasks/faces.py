"""Face verification on scikit-image's patches: views, pairs, and the triplet loss."""

import torch
import torch.nn.functional as F

from cnnedu.nn import evaluating
from cnnedu.training.fitting import take_step

LEARN, TEST = slice(0, 60), slice(60, 100)  # of the hundred faces
VIEW = 21  # pixels along each side of a view; a patch has 25
MARGIN = 0.5


def face_patches():
    """Return the hundred face patches that come with scikit-image, float32 (100, 1, 25, 25).

    Nobody knows who they show, or whether anyone appears twice.

    Source
        `skimage.data.lfw_subset`, from Huang et al., "Labeled faces in the wild" (2007).
    """
    from skimage.data import lfw_subset

    return torch.from_numpy(lfw_subset()[:100]).float()[:, None]


def views(faces, generator):
    """Return one random view of each face: shifted, turned, scaled, perhaps mirrored, relit, noisy.

    Args:
        faces: float tensor (N, 1, H, W), from 0 to 1.
        generator: `torch.Generator`.

    Returns:
        float tensor (N, 1, VIEW, VIEW), each view with mean 0 and standard deviation 1.
    """
    count = len(faces)

    def chance(low, high):
        return low + (high - low) * torch.rand(count, generator=generator)

    angle, scale = chance(-0.25, 0.25), chance(0.85, 1.1) * VIEW / faces.shape[-1]
    mirror = (chance(0, 1) < 0.5) * -2.0 + 1
    cos, sin = angle.cos() * scale, angle.sin() * scale
    rows = [cos * mirror, -sin, chance(-0.12, 0.12), sin * mirror, cos, chance(-0.12, 0.12)]
    places = F.affine_grid(
        torch.stack(rows, dim=1).view(-1, 2, 3), (count, 1, VIEW, VIEW), align_corners=False
    )
    seen = F.grid_sample(faces, places, padding_mode="border", align_corners=False)
    gamma = chance(-0.5, 0.5).exp().view(-1, 1, 1, 1)
    seen = seen.clamp(min=1e-3) ** gamma
    slope = torch.linspace(-1, 1, VIEW) * chance(-0.3, 0.3).view(-1, 1, 1, 1)
    seen = seen * (1 + slope) + 0.04 * torch.randn(seen.shape, generator=generator)
    seen = seen - seen.mean(dim=(2, 3), keepdim=True)
    return seen / seen.std(dim=(2, 3), keepdim=True)


def triplet_loss(anchors, positives, margin=MARGIN):
    """Return a loss that pulls two views of a face together and pushes other faces away.

    Equation
        mean over n and m ≠ n of max(0, d(a[n], p[n])² − d(a[n], p[m])² + margin)

    Args:
        anchors, positives: points of two views of the same N faces, (N, D).
        margin: how much larger the squared distance to another face should be.

    Returns:
        Scalar tensor.

    Source
        Schroff, Kalenichenko, Philbin, "FaceNet" (2015), section 3.1.

    >>> a, p = torch.tensor([[0.0], [3.0]]), torch.tensor([[1.0], [4.0]])
    >>> triplet_loss(a, p, margin=4.0)  # 1 − 16 + 4 < 0 and 1 − 4 + 4 = 1
    tensor(0.5000)
    """
    squared = (anchors[:, None] - positives).square().sum(dim=2)
    short = (squared.diagonal()[:, None] - squared + margin).clamp(min=0)
    others = ~torch.eye(len(anchors), dtype=torch.bool)
    return short[others].mean()


def learn_faces(network, faces, steps, learning_rate=3e-3, seed=0):
    """Train an embedding; each step sees two new views of every face.

    Args:
        network: `cnnedu.models.embedding.Embedding`; it is changed, and left in evaluation mode.
        faces: from `face_patches`, those to train on.
        steps: number of steps.
        learning_rate: the peak of Adam's single cycle.
        seed: for the views.

    Returns:
        The loss of each step, floats.
    """
    generator = torch.Generator().manual_seed(seed)
    optimiser = torch.optim.Adam(network.parameters(), lr=learning_rate, weight_decay=1e-4)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimiser, learning_rate, steps)
    losses = []
    network.train()
    for _ in range(steps):
        pair = torch.cat([views(faces, generator), views(faces, generator)])
        loss = triplet_loss(*network(pair).chunk(2))
        take_step(loss, optimiser, cycle)
        losses.append(loss.item())
    network.eval()
    return losses


@torch.no_grad()
def distances_of_pairs(point_of, faces, times=5, seed=1):
    """Return the distances between all pairs of views, and which pairs show the same face.

    Args:
        point_of: network or other function from views (N, 1, VIEW, VIEW) to points (N, D).
        faces: from `face_patches`, those to test on.
        times: how many times two views of each face are drawn.
        seed: for the views.

    Returns:
        (distances, same): float32 (times · N²,) and bool of the same length, NumPy.
    """
    generator = torch.Generator().manual_seed(seed)
    with evaluating(point_of):
        tables = [
            torch.cdist(point_of(views(faces, generator)), point_of(views(faces, generator)))
            for _ in range(times)
        ]
    same = torch.eye(len(faces), dtype=torch.bool).expand(times, -1, -1)
    return torch.stack(tables).flatten().numpy(), same.flatten().numpy()
