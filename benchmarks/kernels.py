"""Time the reference kernels against PyTorch and SciPy.

    python benchmarks/kernels.py [--repeats 7] [--layers NAME …] [--threads 1 2]

Times are milliseconds for one call in float32, without biases forward, with all three gradients
backward. All methods take turns on the same number of threads, and each one's best time counts.
FFT, SciPy and loops are timed on one picture, and the time is scaled to the batch; "product" is the
layer's bare matrix product, without laying out the windows. Every result is first compared with
PyTorch's.
"""

import argparse
import json
import math
import os
import platform
import sys
import time
import tracemalloc

import numpy as np
import scipy.signal
import torch
import torch.nn.functional as F
from threadpoolctl import threadpool_info, threadpool_limits

from cnnedu import nn
from cnnedu.data.digits import load_digits
from cnnedu.kernels import conv2d, conv2d_backward
from harness.timing import best_in_turns, keep_memory

# name: shape of x, shape of w, stride, padding, dilation, groups
LAYERS = {
    "smiley 8×8": ((1, 1, 8, 8), (1, 1, 3, 3), 1, 0, 1, 1),
    "LeNet conv1": ((32, 1, 28, 28), (6, 1, 5, 5), 1, 2, 1, 1),
    "LeNet conv2": ((32, 6, 14, 14), (16, 6, 5, 5), 1, 0, 1, 1),
    "CIFAR first, 32": ((32, 3, 32, 32), (32, 3, 3, 3), 1, 0, 1, 1),
    "CIFAR middle, 32": ((32, 32, 15, 15), (64, 32, 3, 3), 1, 0, 1, 1),
    "CIFAR last, 32": ((32, 64, 6, 6), (64, 64, 3, 3), 1, 0, 1, 1),
    "CIFAR first, 128": ((128, 3, 32, 32), (32, 3, 3, 3), 1, 0, 1, 1),
    "CIFAR middle, 128": ((128, 32, 15, 15), (64, 32, 3, 3), 1, 0, 1, 1),
    "CIFAR last, 128": ((128, 64, 6, 6), (64, 64, 3, 3), 1, 0, 1, 1),
    "VGG 224×224 first": ((1, 3, 224, 224), (64, 3, 3, 3), 1, 1, 1, 1),
    "VGG 56×56": ((1, 128, 56, 56), (256, 128, 3, 3), 1, 1, 1, 1),
    "ResNet 1×1": ((8, 64, 56, 56), (256, 64, 1, 1), 1, 0, 1, 1),
    "ResNet 3×3 stride 2": ((8, 128, 56, 56), (128, 128, 3, 3), 2, 1, 1, 1),
    "MobileNet depthwise": ((8, 128, 56, 56), (128, 1, 3, 3), 1, 1, 1, 128),
    "dilated": ((8, 64, 32, 32), (64, 64, 3, 3), 1, 2, 2, 1),
}
MIDDLE, LARGE = "CIFAR middle, 32", "CIFAR middle, 128"
SINGLE = ("fft", "scipy", "loops")


def arrays(name):
    """Return random pictures, filters and output gradient for a layer, and its geometry."""
    x_shape, w_shape, *geometry = LAYERS[name]
    rng = np.random.default_rng(0)
    x, w = (rng.standard_normal(shape, np.float32) for shape in (x_shape, w_shape))
    dout = rng.standard_normal(conv2d(x, w, None, *geometry).shape, np.float32)
    return x, w, dout, geometry


def forward_functions(name):
    """Return the ways to compute a layer, by name; those in `SINGLE` take one picture."""
    x, w, _, geometry = arrays(name)
    tensors = torch.from_numpy(x), torch.from_numpy(w)
    functions = {"torch": lambda: F.conv2d(*tensors, None, *geometry)}
    methods = ["auto", "im2col", "windows"]
    if w.shape[2:] == (3, 3) and geometry[0] == 1:
        methods += ["winograd", "winograd4"]
    for method in methods:
        functions[method] = lambda method=method: conv2d(x, w, None, *geometry, method=method)
    expected = functions["torch"]().numpy()
    for method in methods:
        check(functions[method](), expected)
    functions["fft"] = lambda: conv2d(x[:1], w, None, *geometry, method="fft")
    check(functions["fft"](), expected[:1])
    if geometry[0] == geometry[2] == geometry[3] == 1:
        functions["scipy"] = lambda: scipy_conv(x[:1], w, geometry[1])
        check(functions["scipy"](), expected[:1])
    if geometry[3] == 1:
        functions["product"] = bare_product(w, expected)
    if name == MIDDLE:
        functions["loops"] = lambda: conv2d(x[:1], w, None, *geometry, method="loops")
        check(functions["loops"](), expected[:1])
    return functions


def bare_product(w, out):
    """Return the layer's matrix product on columns laid out before: im2col can't be faster."""
    filters = w.reshape(len(w), -1)
    columns = np.ones((filters.shape[1], out[:, 0].size), w.dtype)
    result = np.empty((len(w), columns.shape[1]), w.dtype)
    return lambda: np.matmul(filters, columns, out=result)


def backward_functions(name):
    """Return the ways to compute all gradients of a layer, by name."""
    x, w, dout, geometry = arrays(name)
    b = np.zeros(len(w), np.float32)
    tensors = [torch.from_numpy(a).requires_grad_() for a in (x, w, b)]
    out, tensor = F.conv2d(*tensors, *geometry), torch.from_numpy(dout)

    def theirs():
        return torch.autograd.grad(out, tensors, tensor, retain_graph=True)

    functions = {"torch": theirs}
    for method in ("auto", "im2col", "windows"):
        functions[method] = lambda method=method: conv2d_backward(
            dout, x, w, *geometry, method=method
        )
        for mine, reference in zip(functions[method](), theirs(), strict=True):
            check(mine, reference.numpy())
    functions["fft"] = lambda: conv2d_backward(dout[:1], x[:1], w, *geometry, method="fft")
    check(functions["fft"]()[0], theirs()[0].numpy()[:1])
    return functions


def scipy_conv(x, w, padding):
    """Compute the layer with `scipy.signal.correlate`, one picture and filter at a time."""
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    rows = [[scipy.signal.correlate(a, k, "valid")[0] for k in w] for a in x]
    return np.array(rows)


def check(mine, expected):
    """Stop if a result isn't PyTorch's."""
    np.testing.assert_allclose(mine, expected, rtol=0, atol=2e-5 * np.abs(expected).max())


def measure(direction, threads, names, repeats):
    """Time one direction of all layers; return a row for each."""
    torch.set_num_threads(threads)
    functions = {"forward": forward_functions, "backward": backward_functions}[direction]
    rows = []
    for name in names:
        with threadpool_limits(threads):
            best = best_in_turns(functions(name), repeats)
        batch = dict.fromkeys(SINGLE, LAYERS[name][0][0])
        times = {method: 1e3 * s * batch.get(method, 1) for method, s in best.items()}
        rows.append({"layer": name, "direction": direction, "threads": threads, "ms": times})
    return rows


def table(title, rows):
    """Print times and ratios, with the geometric means of auto's and product's ratios."""
    methods = "torch auto im2col windows fft winograd winograd4 scipy loops product".split()
    methods = [m for m in methods if any(m in row["ms"] for row in rows)]
    print(f"\n{title} (ms)\n{'layer':<22}" + "".join(f"{m:>11}" for m in methods) + "  auto/torch")
    for row in rows:
        ms = row["ms"]
        cells = "".join(f"{ms[m]:11.3f}" if m in ms else f"{'–':>11}" for m in methods)
        print(f"{row['layer']:<22}{cells}{ms['auto'] / ms['torch']:12.2f}")
    for method in [m for m in ("auto", "product") if m in methods]:
        ratios = [row["ms"][method] / row["ms"]["torch"] for row in rows if method in row["ms"]]
        mean = math.exp(np.mean(np.log(ratios)))
        print(f"geometric mean of {method}/torch: {mean:.2f}", flush=True)


def speedups(rows):
    """Return how much faster `auto` is, forward on one thread, than the slow ways."""
    ms = {row["layer"]: row["ms"] for row in rows if row["direction"] == "forward"}
    if MIDDLE not in ms:
        return {}
    middle, found = ms[MIDDLE], {}
    for method in ("loops", "scipy"):
        found[f"faster than {method}"] = middle[method] / middle["auto"]
    if LARGE in ms:
        found["batch of 128 against 4 of 32"] = ms[LARGE]["auto"] / (4 * middle["auto"])
    return found


def workspace():
    """Return the memory in MB that a large layer and a large batch need beyond the result."""
    peaks = {}
    for name, shape in (("picture", (1, 64, 224, 224)), ("batch", (512, 32, 15, 15))):
        x, w = np.zeros(shape, np.float32), np.zeros((64, shape[1], 3, 3), np.float32)
        tracemalloc.start()
        out = conv2d(x, w, padding=1)
        peaks[name] = (tracemalloc.get_traced_memory()[1] - out.nbytes) / 1e6
        tracemalloc.stop()
    return peaks


def lenet(epochs):
    """Train a NumPy LeNet on the 8×8 digits; return one core's seconds and held-out accuracy."""
    data, held_out = load_digits()
    rng = np.random.default_rng(0)
    model = nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(128, 64, rng=rng), nn.ReLU(), nn.Linear(64, 10, rng=rng)),
    )
    optimiser, schedule = nn.Adam(model.parameters()), nn.one_cycle(0.01, epochs * 45)
    begin = time.perf_counter()
    with threadpool_limits(1):
        history = nn.fit(
            model, data, optimiser, epochs, 32, schedule, held_out, rng, lambda *_: None
        )
    return {
        "seconds": time.perf_counter() - begin,
        "accuracy": history["held_out_accuracy"][-1],
    }


def choose_instructions():
    """Start again without what the environment tells OpenBLAS: PyTorch chooses freely, too."""
    told = {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"} & set(os.environ)
    if told:
        for name in told:
            del os.environ[name]
        os.execv(sys.executable, [sys.executable, *sys.argv])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=7, help="samples of each time (default: 7)")
    parser.add_argument(
        "--layers", nargs="+", choices=LAYERS, default=list(LAYERS), help="(default: all)"
    )
    parser.add_argument(
        "--threads", nargs="+", type=int, default=[1, 2], help="each in turn (default: 1 2)"
    )
    parser.add_argument("--epochs", type=int, default=10, help="of the LeNet (default: 10)")
    options = parser.parse_args()
    choose_instructions()
    keep_memory()
    blas = next(i for i in threadpool_info() if "numpy" in i["filepath"])
    result = {
        "benchmark": "kernels",
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "numpy": np.__version__,
        "torch": torch.__version__,
        "blas": f"{blas['internal_api']} {blas['version']} {blas.get('architecture')}",
    }
    print(*(f"{name}: {value}" for name, value in result.items()), sep="\n")
    rows = []
    for threads in options.threads:
        for direction in ("forward", "backward"):
            found = measure(direction, threads, options.layers, options.repeats)
            table(f"{direction}, {threads} thread{'s' * (threads > 1)}", found)
            rows += found
    single = [row for row in rows if row["threads"] == 1]
    more = speedups(single) | {"workspace in MB": workspace(), "LeNet": lenet(options.epochs)}
    print("", *(f"{name}: {value}" for name, value in more.items()), sep="\n")
    print(json.dumps(result | {"rows": rows} | more, ensure_ascii=False))


if __name__ == "__main__":
    main()
