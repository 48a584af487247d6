# loses nothing: lists and loops, whole functions from torch, layers in a Sequential-like loop

# %% grade_id="12-by-hand"
by_hand = (32 * 9 * 64, 32 * 9 * 64 * 14 * 14, 4 * 64 * 14 * 14, 32 * 9 + 32 * 64, (32 * 9 + 32 * 64) * 196, 8 * 9 * 64)

# %% grade_id="12-cost"
def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    places = 1
    for size in shape[1:]:
        places *= len(range(0, size + 2 * padding - kernel_size + 1, stride))
    weights = 0
    for _ in range(filters):
        weights += shape[0] * kernel_size**2 // groups
    parameters = weights + filters if bias else weights
    return np.array([parameters, weights * places, np.dtype(np.float32).itemsize * filters * places])

# %% grade_id="12-kept"
def kept_bytes(shape, layers):
    numbers = np.empty(shape, np.float32)
    kept = {}
    for kind, *sizes in layers:
        before = numbers
        if kind == "conv":
            padded = np.pad(before, [(0, 0), (sizes[3],) * 2, (sizes[3],) * 2])
            windows = np.lib.stride_tricks.sliding_window_view(padded[0], (sizes[1], sizes[1]))
            numbers = np.empty((sizes[0], *windows[:: sizes[2], :: sizes[2]].shape[:2]), np.float32)
        elif kind == "max pool":
            C, H, W = before.shape
            numbers = np.empty((C, H // sizes[0], W // sizes[0]), np.float32)
            places = np.empty(numbers.shape, np.int64)
            kept[id(places)] = places
        else:
            numbers = before.copy()
        saved = numbers if kind == "relu" else before
        kept[id(saved)] = saved
    return sum(array.nbytes for array in kept.values())

# %% grade_id="12-residual"
class ResidualBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        for number, (inputs, kernel, step) in enumerate(
            [(channels, 3, stride), (filters, 3, 1), (channels, 1, stride)][: 2 + (stride != 1 or channels != filters)], 1
        ):
            setattr(self, f"conv{number}", nn.Conv2d(inputs, filters, kernel, step, kernel // 2, bias=False))
            setattr(self, f"norm{number}", nn.BatchNorm2d(filters))

    def forward(self, x):
        way = self.conv1(x)
        way = self.norm1(way).clamp(min=0)
        way = self.norm2(self.conv2(way))
        way = way + (self.norm3(self.conv3(x)) if hasattr(self, "conv3") else x)
        return way.clamp(min=0)

residual_in_training, residual_in_evaluation, residual_slopes = (  # for the checks
    residual_functions(ResidualBlock)
)

# %% grade_id="12-squeezed"
class Gate(nn.Module):
    def __init__(self, owner):
        super().__init__()
        self.layers = [owner.squeeze, owner.excite]

    def forward(self, m):
        means = torch.stack([torch.stack([channel.mean() for channel in picture]) for picture in m])
        s = torch.sigmoid(self.layers[1](torch.relu(self.layers[0](means))))
        return m * s.unsqueeze(-1).unsqueeze(-1)

class SqueezedSeparable(nn.Sequential):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.add_module("depthwise", nn.Conv2d(channels, channels, (3, 3), (stride, stride), (1, 1), groups=channels, bias=False))
        self.add_module("norm1", nn.BatchNorm2d(channels))
        self.add_module("squeeze", nn.Linear(channels, (channels + 1) // 2))
        self.add_module("excite", nn.Linear((channels + 1) // 2, channels))
        self.gate = Gate(self)
        self.add_module("pointwise", nn.Conv2d(channels, filters, (1, 1), bias=False))
        self.add_module("norm2", nn.BatchNorm2d(filters))

    def forward(self, x):
        m = self.norm1(self.depthwise(x)).relu()
        return self.norm2(self.pointwise(self.gate(m))).relu()

squeezed_in_training, squeezed_in_evaluation, squeezed_slopes = (  # for the checks
    squeezed_functions(SqueezedSeparable)
)
