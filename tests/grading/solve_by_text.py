"""Read a variant's numbers from its notebook, as a student does, and work the answers out anew."""

import re

import numpy as np
import torch

from cnnedu import kernels

SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def numbers(pattern, text):
    """Return the numbers in the groups of the one place that fits a pattern."""
    (found,) = re.findall(pattern, text)
    return [int(number) for number in ([found] if isinstance(found, str) else found)]


def row(text, pattern):
    """Return the numbers between a pair of brackets."""
    (found,) = re.findall(pattern, text)
    return np.array([float(number) for number in re.findall(r"-?[\d.]+", found)])


def picture(text):
    """Return the matrix x of a text."""
    (found,) = re.findall(r"x = \\begin\{bmatrix\} (.*?) ?\\end", text)
    return np.array([[int(number) for number in row.split("&")] for row in found.split(r"\\")])


def seen(x, w):
    """Cross-correlate, one window at a time."""
    places = np.ndindex(x.shape[0] - 2, x.shape[1] - 2)
    out = [np.sum(x[i : i + 3, j : j + 3] * w) for i, j in places]
    return np.reshape(out, (x.shape[0] - 2, x.shape[1] - 2))


def e01(text):
    return {"by_hand": seen(picture(text), np.array([[-1, 0, 1]] * 3))}


def e02(text):
    laplacian = np.full((3, 3), -1)
    laplacian[1, 1] = 8
    used = (np.full((3, 3), 1 / 9), SOBEL, laplacian)
    return {"by_hand": [seen(picture(text), w)[0] for w in used]}


def e03(text):
    (size,) = numbers(r"of (\d+)×\d+×1", text)
    _, first, padding = numbers(r"1\. (\d+) filters of (\d+)×\d+, padding (\d+);", text)
    maps, second = numbers(r"3\. (\d+) filters of (\d+)×\d+, no padding;", text)
    layers = [
        torch.nn.Conv2d(1, 1, first, padding=padding),
        torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(1, 1, second),
        torch.nn.MaxPool2d(2),
    ]
    x, sizes = torch.zeros(1, 1, size, size, device="meta"), []
    for layer in layers:
        x = layer.to("meta")(x)
        sizes.append(x.shape[2])
    return {"sizes": [*sizes, maps * sizes[-1] ** 2]}


def e04(text):
    x = row(text, r"\$\$x = \((.*?)\)\$\$")
    pooled = np.array([np.maximum(*np.roll(x, shift).reshape(4, 2).T) for shift in range(3)])
    home, moved = pooled[0], pooled[1:]
    rest = [
        [np.linalg.norm(b - np.roll(home, k)) / np.linalg.norm(home) for k in range(4)]
        for b in moved
    ]
    return {"pooled": pooled, "left": [[each[0], min(each)] for each in rest]}


def e05(text):
    H, W, k = numbers(r"picture of (\d+) × (\d+) pixels goes .* with a (\d+) × \d+ kernel", text)
    ones = np.ones((1, 1, k, k))
    pixels = np.eye(H * W).reshape(-1, 1, H, W)
    product = kernels.conv2d(kernels.conv2d(pixels, ones), ones).reshape(H * W, -1).T
    (width,) = numbers(r"see a picture of (\d+) pixels from edge to edge", text)
    depth = []
    for stride in (1, 2):
        layers, size, jump = 0, 1, 1
        while size < width:
            layers, size, jump = layers + 1, size + 2 * jump, jump * stride
        depth.append(layers)
    largest = [np.count_nonzero(product[0]), product.max()]
    return {"two_layers": [*product.shape, *largest], "depth": depth}


def e06(text):
    x = picture(text)
    windows = [x[i : i + 2, j : j + 2].ravel() for i in range(2) for j in range(3)]
    C, H, W = numbers(r"picture of shape \(1, (\d+), (\d+), (\d+)\)", text)
    assert numbers(r"np\.zeros\(\(1, (\d+), (\d+), (\d+)\)", text) == [C, H, W]
    padded = np.broadcast_to(np.float32(0), (C, H + 4, W + 4))
    seen = np.lib.stride_tricks.sliding_window_view(padded, (5, 3), axis=(1, 2))
    memory = [4 * part.size for part in (padded, seen, seen[:, ::2, ::2])]
    return {"columns": np.transpose(windows), "memory": memory}


def e07(text):
    x, w = row(text, r"\$x = \((.*?)\)\$"), row(text, r"\$w = \((.*?)\)\$")
    dout = row(text, r"dout\} = \((.*?)\)\$")
    return {"by_hand": [*np.correlate(x, dout, "valid"), *np.convolve(dout, w), dout.sum()]}


def e07b(text):
    a, b = (
        torch.tensor(float(number), requires_grad=True)
        for number in numbers(r"a = (\d+), \\quad b = (\d+),", text)
    )
    (less,) = numbers(r"ReLU\}\(u - (\d+)\)", text)
    u = a * b
    v = torch.relu(u - less)
    gradients = torch.autograd.grad(v * u + a * v, [v, u, b, a])
    return {"by_hand": [gradient.item() for gradient in gradients]}


def e08(text):
    (listed,) = re.findall(r"scores \$\((.*?)\)\$", text)
    powers = [int(part.split()[-1]) if "ln" in part else 1 for part in listed.split(", ")]
    (right_class,) = numbers(r"Class (\d) is right", text)
    (rate,) = re.findall(r"learning rate of ([\d.]+)\?", text)
    scores = torch.tensor(powers, dtype=torch.double).log().requires_grad_()
    before = scores.detach().clone()
    torch.nn.functional.cross_entropy(scores[None], torch.tensor([right_class])).backward()
    torch.optim.Adam([scores], lr=float(rate), eps=0).step()
    return {"by_hand": [*scores.grad.tolist(), *(scores.detach() - before).tolist()]}


SOLVE = {
    "01_convolution_by_hand": e01,
    "02_filters_and_features": e02,
    "03_stride_padding_shapes": e03,
    "04_activation_and_pooling": e04,
    "05_why_not_dense_layers": e05,
    "06_fast_convolution": e06,
    "07_backpropagation_through_convolution": e07,
    "07b_a_network_of_your_own": e07b,
    "08_training_from_scratch": e08,
}
