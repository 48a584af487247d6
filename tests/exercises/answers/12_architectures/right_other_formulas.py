# loses nothing: measures in place of counting, einops-like transposes, functional calls

# %% grade_id="12-by-hand"
by_hand = np.array([18432.0, 3612672, 50176, 2336, 457856, 4608])

# %% grade_id="12-cost"
def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    with torch.device("meta"):
        layer = nn.Conv2d(shape[0], filters, kernel_size, stride, padding, groups=groups, bias=bias)
        out = layer(torch.zeros(1, *shape))
    parameters = sum(p.numel() for p in layer.parameters())
    return [parameters, out[0, 0].numel() * layer.weight.numel(), out.numel() * out.element_size()]

# %% grade_id="12-kept"
def kept_bytes(shape, layers):
    kinds = {
        "conv": lambda F, K, S, P: nn.LazyConv2d(F, K, S, P),
        "norm": lambda: nn.LazyBatchNorm2d(), "relu": lambda: nn.ReLU(),
        "relu6": lambda: nn.ReLU6(), "max pool": lambda k: nn.MaxPool2d(k),
    }
    x = torch.zeros(2, *shape, requires_grad=True)
    seen, alive = {}, []

    def keep(tensor):
        if tensor.shape[:1] == (2,) and tensor.dim() == 4 and id(tensor.untyped_storage()) not in own:
            seen[tensor.data_ptr()] = tensor.numel() * tensor.element_size() // 2
            alive.append(tensor)
        return tensor

    network = nn.Sequential(*(kinds[kind](*sizes) for kind, *sizes in layers))
    network(torch.zeros(2, *shape))
    own = set()
    pointers = {p.data_ptr() for p in network.parameters()}
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        out = network(x)
    return sum(size for pointer, size in seen.items() if pointer not in pointers)

# %% grade_id="12-residual"
class ResidualBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.norm2, self.norm1 = nn.BatchNorm2d(filters), nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, (3, 3), padding="same", bias=False)
        self.conv1 = nn.Conv2d(channels, filters, (3, 3), stride=stride, padding=1, bias=False)
        self.project = stride > 1 or filters != channels
        if self.project:
            self.norm3 = nn.BatchNorm2d(filters)
            self.conv3 = nn.Conv2d(channels, filters, (1, 1), stride=stride, bias=False)

    def forward(self, x):
        change = self.norm2(self.conv2(torch.relu(self.norm1(self.conv1(x)))))
        if self.project:
            x = self.norm3(self.conv3(x))
        return torch.relu(x + change)

residual_in_training, residual_in_evaluation, residual_slopes = (  # for the checks
    residual_functions(ResidualBlock)
)

# %% grade_id="12-squeezed"
class SqueezedSeparable(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)
        self.depthwise = nn.Conv2d(channels, channels, 3, stride, "same" if stride == 1 else 1, groups=channels, bias=False)
        self.norm2, self.norm1 = nn.BatchNorm2d(filters), nn.BatchNorm2d(channels)
        self.excite = nn.Linear((channels + 1) // 2, channels)
        self.squeeze = nn.Linear(channels, (channels + 1) // 2)

    def forward(self, x):
        x = self.norm1(self.depthwise(x)).relu()
        means = F.adaptive_avg_pool2d(x, 1).flatten(1)
        gate = torch.tanh(self.excite(self.squeeze(means).relu()) / 2) / 2 + 0.5
        x = self.pointwise((x.permute(2, 3, 0, 1) * gate).permute(2, 3, 0, 1))
        return self.norm2(x).relu()

squeezed_in_training, squeezed_in_evaluation, squeezed_slopes = (  # for the checks
    squeezed_functions(SqueezedSeparable)
)
