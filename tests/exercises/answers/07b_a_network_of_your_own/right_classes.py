# loses nothing: a class of nodes, operations as classes, several tensors in one operation

# %% grade_id="07b-gradients-of"
class Node:
    def __init__(self):
        self.makers, self.gradient = [], 0.0


def gradients_of(uses, slopes, count, result):
    nodes = [Node() for _ in range(count)]
    for (made, maker), slope in zip(uses, slopes):
        nodes[made].makers.append((nodes[maker], slope))
    done = []

    def visit(node):
        for maker, _ in node.makers:
            if not any(maker is other for other in done):
                visit(maker)
        done.append(node)

    visit(nodes[result])
    nodes[result].gradient = 1.0
    while done:
        node = done.pop()
        for maker, slope in node.makers:
            maker.gradient += slope * node.gradient
    return np.array([node.gradient for node in nodes])

# %% grade_id="07b-layer-norm"
class Normalise:
    def __call__(self, x):
        self.spread = np.sqrt(np.var(x.data, 1)[:, None] + 1e-5)
        self.out = (x.data - np.mean(x.data, 1)[:, None]) / self.spread
        return Tensor(self.out, (x,), self.back)

    def back(self, dout):
        part = np.mean(dout * self.out, 1)[:, None]
        return ((dout - np.mean(dout, 1)[:, None] - self.out * part) / self.spread,)


def rows(v, N):
    return Tensor(np.tile(v.data, (N, 1)), (v,), lambda dout: (dout.sum(axis=0),))


def layer_norm(x, weight, bias):
    N = len(x.data)
    return Normalise()(x) * rows(weight, N) + rows(bias, N)


layer_norm_numbers = operation_function(layer_norm)  # for the checks

# %% grade_id="07b-gate"
class Gate:
    def __init__(self, x):
        self.x, self.mean = x, np.mean(x.data, (2, 3), keepdims=True)

    def forward(self):
        return Tensor(self.x.data * self.mean, (self.x, self.x), self.rule)

    def rule(self, dout):
        size = np.prod(dout.shape[2:])
        once = np.einsum("ncij,ncij->nc", dout, self.x.data)[:, :, None, None] / size
        return dout * self.mean, np.broadcast_to(once, dout.shape)


def gate(x):
    return Gate(x).forward()


gate_numbers = operation_function(gate)  # for the checks

# %% grade_id="07b-only-b"
only_b = ([[2.0]], [[-3.0]], [[1.0]], [50.0])
