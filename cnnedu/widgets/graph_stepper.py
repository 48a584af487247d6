"""`GraphStepper`: a small network's graph, forward and backward, one operation at a time."""

import numpy as np
import traitlets

from cnnedu import kernels
from cnnedu.data import edge_kernel, smiley
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Matrix, Whole, place_among

STEPS = 13  # the inputs, six operations forward, and the same six backward
# A network that gives both classes a score of 2 on the smiley.
B1, B2 = -1, (1, 0)
W2 = ((1, 0, -1, 0, 2, -1, 0, 0, 0), (0, 0, 0, 0, 1, 1, 1, 0, -1))


class GraphStepper(Widget):
    """Show every number of a small network on its way forward, and every gradient on its way back.

    The reader steps or plays through the operations. Each step fills in what one operation gives,
    or what its local rule passes back; a click on a number shows the arithmetic behind it. The
    page computes all of it, so a pixel can be painted and the label exchanged.

    Equation
        conv = conv2d(x, w1) + b1, relu = max(conv, 0), pool = the largest of each 2×2 window,
        flat = pool in one row, scores = w2 · flat + b2, loss = −ln softmax(scores)[y]

    Args:
        x: picture, shape (H, W) with 4 to 10 rows and columns; the 8×8 smiley by default.
        w1: kernel, shape (KH, KW) with 1 to 5 rows and columns; the detector of vertical edges by
            default.
        b1: the convolution's bias, a number.
        w2: weights of the dense layer, shape (K, D) for 2 to 4 classes and D pooled numbers; with
            the other defaults, both classes get a score of 2.
        b2: biases of the dense layer, shape (K,).
        y: the right class, from 0.
        step: how far the reader has come: 0 shows the inputs, 6 the loss, 12 all gradients.

    All of them are traits (b1 and b2 as columns), and so is `focus`, the number whose arithmetic
    is shown: (name, row, column), such as ("dconv", 3, 0), or () for one that the page chooses.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or shape.

    >>> stepper = GraphStepper()
    >>> stepper
    GraphStepper(x 8×8, w1 3×3, w2 2×9, label 1, step 0 of 12)
    >>> stepper.values["scores"], stepper.gradients["scores"]
    (array([2., 2.]), array([ 0.5, -0.5]))
    """

    _esm = module("graph_stepper")
    _css = stylesheet("steppers", "graph_stepper")

    x = Matrix(least=4, most=10)
    w1 = Matrix(least=1, most=5)
    b1 = Matrix(least=1, most=1)
    w2 = Matrix(least=1, most=25)
    b2 = Matrix(least=1, most=4)
    y = Whole(1, least=0, most=3)
    step = Whole(0, least=0, most=STEPS - 1)
    focus = traitlets.Any(()).tag(sync=True)

    def __init__(self, x=None, w1=None, b1=B1, w2=W2, b2=B2, y=1, *, step=0):
        super().__init__(
            x=smiley() if x is None else x,
            w1=edge_kernel() if w1 is None else w1,
            b1=np.reshape(b1, (-1, 1)),
            w2=w2,
            b2=np.reshape(b2, (-1, 1)),
            y=y,
            step=step,
        )

    @property
    def values(self):
        """Every number on the way forward: arrays by name, computed by `cnnedu.kernels`."""
        x, w1 = (array[None, None].astype(float) for array in (self.x, self.w1))
        conv = kernels.conv2d(x, w1, self.b1[:, 0].astype(float))
        relu = kernels.relu(conv)
        pool = kernels.max_pool2d(relu, 2)
        flat = kernels.flatten(pool)
        scores = kernels.linear(flat, self.w2, self.b2[:, 0])
        found = {"x": x, "w1": w1, "conv": conv, "relu": relu, "pool": pool}
        return {
            **{name: array[0, 0] for name, array in found.items()},
            **{"b1": self.b1[:, 0], "w2": self.w2, "b2": self.b2[:, 0]},
            **{"flat": flat[0], "scores": scores[0]},
            "loss": kernels.cross_entropy(scores, [self.y]),
        }

    @property
    def gradients(self):
        """The gradient of the loss by each of `values`, computed by `cnnedu.kernels`."""
        values = self.values
        batch = {name: values[name][None, None] for name in ("x", "w1", "conv", "relu", "pool")}
        flat, scores = values["flat"][None], values["scores"][None]
        dscores = kernels.cross_entropy_backward(1.0, scores, [self.y])
        dflat, dw2, db2 = kernels.linear_backward(dscores, flat, self.w2)
        dpool = kernels.flatten_backward(dflat, batch["pool"])
        drelu = kernels.max_pool2d_backward(dpool, batch["relu"], 2)
        dconv = kernels.relu_backward(drelu, batch["conv"])
        dx, dw1, db1 = kernels.conv2d_backward(dconv, batch["x"], batch["w1"])
        found = {"x": dx, "w1": dw1, "conv": dconv, "relu": drelu, "pool": dpool}
        return {
            **{name: array[0, 0] for name, array in found.items()},
            **{"b1": db1, "w2": dw2, "b2": db2, "flat": dflat[0], "scores": dscores[0]},
            "loss": 1.0,
        }

    @traitlets.validate("x", "w1", "w2", "b2", "y")
    def _shapes_fit(self, proposal):
        names = ("x", "w1", "w2", "b2", "y")
        state = {name: getattr(self, name) for name in names} | {
            proposal.trait.name: proposal.value
        }
        x, w1, w2, b2 = (state[name].shape for name in names[:4])
        pooled = [(size - kernel + 1) // 2 for size, kernel in zip(x, w1, strict=True)]
        if min(pooled) < 1:
            raise ValueError(
                f"GraphStepper: the kernel {w1} leaves nothing of x {x} to pool; use a smaller one"
            )
        if w2[1] != np.prod(pooled) or not 2 <= w2[0] <= 4:
            raise ValueError(
                f"GraphStepper: w2 must be (K, D) with 2 to 4 classes and D = {pooled[0]} · "
                f"{pooled[1]} = {np.prod(pooled)} pooled numbers, but has shape {w2}"
            )
        if b2 != (w2[0], 1):
            raise ValueError(
                f"GraphStepper: b2 must hold {w2[0]} numbers, one for each row of w2, but holds "
                f"{np.prod(b2)}"
            )
        if state["y"] >= w2[0]:
            raise ValueError(
                f"GraphStepper: y must be a class from 0 to {w2[0] - 1}, but is {state['y']}"
            )
        return proposal.value

    @traitlets.validate("focus")
    def _focus_exists(self, proposal):
        match proposal.value:
            case () | []:
                return ()
            case [str() as name, row, column] if name in self._shapes():
                place = place_among(
                    self._shapes()[name], self, "focus", (row, column), f"numbers of {name}"
                )
                return (name, *place)
        raise ValueError(
            'GraphStepper: focus must be (name, row, column), such as ("dconv", 3, 0), or (), but '
            f"is {proposal.value!r}"
        )

    def _shapes(self):
        """Return the shape on the page of each grid that has numbers, and of its gradient."""
        shapes = {}
        for name, array in self.values.items():
            shape = np.shape(array)
            column = (*shape, 1, 1)[:2]
            shapes[name] = shapes["d" + name] = column[::-1] if name == "flat" else column
        return shapes

    def draw(self):
        """Return a figure of all values and gradients, as far as the reader has come."""
        from cnnedu.plots.graph import show_graph

        return show_graph(self.values, self.gradients, self.step)

    def __repr__(self):
        shapes = [
            f"{name} {rows}×{columns}"
            for name in ("x", "w1", "w2")
            for rows, columns in [getattr(self, name).shape]
        ]
        return f"GraphStepper({', '.join(shapes)}, label {self.y}, step {self.step} of {STEPS - 1})"
