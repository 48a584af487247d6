# loses nothing: layers that find their sizes themselves, recursion, a permuted list of channels

# %% grade_id="12-by-hand"
from decimal import Decimal
by_hand = [Decimal(18432), 3.612672e6, 50176, 2336, 457856, np.int64(4608)]

# %% grade_id="12-cost"
def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    if groups > 1:
        one = conv_cost((shape[0] // groups, *shape[1:]), filters // groups, kernel_size, stride, padding, 1, bias)
        return tuple(groups * number for number in one)
    C, H, W = shape
    starts = lambda size: np.arange(-padding, size + padding - kernel_size + 1, stride).size
    OH, OW = starts(H), starts(W)
    weights = C * kernel_size**2 * filters
    return np.int64(weights + bias * filters), np.int64(weights * OH * OW), np.int64(4 * filters * OH * OW)

# %% grade_id="12-kept"
def kept_bytes(shape, layers, counted=False):
    if not layers:
        return 0
    (kind, *sizes), *rest = layers
    C, H, W = shape
    size = lambda n: (n + 2 * sizes[3] - sizes[1]) // sizes[2] + 1
    after = {"conv": lambda: (sizes[0], size(H), size(W)), "max pool": lambda: (C, H // sizes[0], W // sizes[0])}.get(kind, lambda: shape)()
    mine = 4 * C * H * W if kind == "relu" or not counted else 0
    mine += 8 * after[0] * after[1] * after[2] * (kind == "max pool")
    return np.int64(mine + kept_bytes(after, rest, kind == "relu"))

# %% grade_id="12-residual"
class ResidualBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.LazyConv2d(filters, 3, stride, 1, bias=False)
        self.norm1 = nn.LazyBatchNorm2d()
        self.conv2 = nn.LazyConv2d(filters, 3, 1, 1, bias=False)
        self.norm2 = nn.LazyBatchNorm2d()
        if (stride, filters) != (1, channels):
            self.conv3 = nn.LazyConv2d(filters, 1, stride, bias=False)
            self.norm3 = nn.LazyBatchNorm2d()

    def skip(self, x):
        return self.norm3(self.conv3(x)) if "conv3" in self._modules else x

    def forward(self, x):
        F = self.norm2(self.conv2(self.norm1(self.conv1(x)).relu_()))
        F += self.skip(x)
        return F.relu_()

residual_in_training, residual_in_evaluation, residual_slopes = (  # for the checks
    residual_functions(ResidualBlock)
)

# %% grade_id="12-squeezed"
class SqueezedSeparable(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.depthwise = nn.LazyConv2d(channels, 3, stride, 1, groups=channels, bias=False)
        self.norm1 = nn.LazyBatchNorm2d()
        self.squeeze = nn.LazyLinear((channels + 1) // 2)
        self.excite = nn.LazyLinear(channels)
        self.pointwise = nn.LazyConv2d(filters, 1, bias=False)
        self.norm2 = nn.LazyBatchNorm2d()
        self.activation = nn.ReLU(inplace=True)

    def forward(self, x):
        x = self.activation(self.norm1(self.depthwise(x)))
        s = self.excite(self.activation(self.squeeze(x.mean((2, 3))))).sigmoid()
        return self.activation(self.norm2(self.pointwise(x * s.view(*s.shape, 1, 1))))

squeezed_in_training, squeezed_in_evaluation, squeezed_slopes = (  # for the checks
    squeezed_functions(SqueezedSeparable)
)
