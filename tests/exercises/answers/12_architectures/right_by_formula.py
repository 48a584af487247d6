# loses nothing: convolutions as matrix products, skips by formula, loops over pictures

# %% grade_id="12-by-hand"
by_hand = torch.tensor([18432, 3612672, 50176, 2336, 457856, 4608])

# %% grade_id="12-cost"
def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    picture = np.pad(np.zeros(shape, np.int8), [(0, 0), (padding, padding), (padding, padding)])
    windows = np.lib.stride_tricks.sliding_window_view(picture, (kernel_size, kernel_size), axis=(1, 2))
    OH, OW = windows[0, ::stride, ::stride].shape[:2]
    parameters = multiply_adds = 0
    for _ in range(filters):
        parameters += kernel_size * kernel_size * shape[0] // groups + int(bias)
        multiply_adds += OH * OW * kernel_size * kernel_size * shape[0] // groups
    return [parameters, multiply_adds, np.zeros((filters, OH, OW), np.float32).nbytes]

# %% grade_id="12-kept"
def kept_bytes(shape, layers):
    maps, needed = [shape], set()
    for number, (kind, *sizes) in enumerate(layers):
        C, *size = maps[-1]
        if kind == "conv":
            filters, kernel, stride, padding = sizes
            windows = [np.arange(0, n + 2 * padding - kernel + 1, stride) for n in size]
            maps.append((filters, *map(len, windows)))
        elif kind == "max pool":
            maps.append((C, *(n // sizes[0] for n in size)))
        else:
            maps.append(maps[-1])
        needed.add(number + (kind == "relu"))
    pooled = sum(8 * np.prod(maps[n + 1]) for n, layer in enumerate(layers) if layer[0] == "max pool")
    return pooled + sum(4 * np.prod(maps[n]) for n in needed)

# %% grade_id="12-residual"
class ResidualBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        conv = lambda inputs, size, step: nn.Conv2d(inputs, filters, size, step, size // 2, bias=False)
        self.stride = stride
        self.conv1, self.conv2 = conv(channels, 3, stride), conv(filters, 3, 1)
        self.norm1, self.norm2 = nn.BatchNorm2d(filters), nn.BatchNorm2d(filters)
        if stride > 1 or channels != filters:
            self.conv3, self.norm3 = conv(channels, 1, stride), nn.BatchNorm2d(filters)

    def forward(self, x):
        columns = F.unfold(x, 3, padding=1, stride=self.stride)
        size = [-(-n // self.stride) for n in x.shape[2:]]
        out = (self.conv1.weight.flatten(1) @ columns).unflatten(2, size)
        out = torch.where((normed := self.norm1(out)) > 0, normed, 0.0)
        out = self.norm2(self.conv2(out))
        if hasattr(self, "norm3"):
            thinned = x[:, :, :: self.stride, :: self.stride]
            x = self.norm3(torch.einsum("nchw,fc->nfhw", thinned, self.conv3.weight[:, :, 0, 0]))
        return torch.maximum(out + x, torch.zeros_like(out))

residual_in_training, residual_in_evaluation, residual_slopes = (  # for the checks
    residual_functions(ResidualBlock)
)

# %% grade_id="12-squeezed"
class SqueezedSeparable(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, 3, stride=stride, padding=1, groups=channels, bias=False)
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)
        self.norm1, self.norm2 = map(nn.BatchNorm2d, (channels, filters))
        self.squeeze = nn.Linear(channels, -(-channels // 2))
        self.excite = nn.Linear(-(-channels // 2), channels)

    def forward(self, x):
        maps = [F.conv2d(x[:, [c]], self.depthwise.weight[[c]], stride=self.depthwise.stride, padding=1) for c in range(x.shape[1])]
        m = self.norm1(torch.cat(maps, dim=1)).clamp_min(0)
        asked = m.flatten(2).sum(2) / m[0, 0].numel() @ self.squeeze.weight.T + self.squeeze.bias
        said = asked.clamp_min(0) @ self.excite.weight.T + self.excite.bias
        x = torch.einsum("nchw,nc,fc->nfhw", m, 1 / (1 + torch.exp(-said)), self.pointwise.weight[:, :, 0, 0])
        return self.norm2(x).clamp_min(0)

squeezed_in_training, squeezed_in_evaluation, squeezed_slopes = (  # for the checks
    squeezed_functions(SqueezedSeparable)
)
