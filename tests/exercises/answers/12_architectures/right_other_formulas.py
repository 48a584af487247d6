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

# %% grade_id="12-shuffle"
def channel_shuffle(x, groups):
    columns = [x[:, start :: x.shape[1] // groups] for start in range(x.shape[1] // groups)]
    return np.concatenate(columns, axis=1)

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

# %% grade_id="12-separable"
class DepthwiseSeparable(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)
        self.depthwise = nn.Conv2d(channels, channels, 3, stride, "same" if stride == 1 else 1, groups=channels, bias=False)
        self.norm2, self.norm1 = nn.BatchNorm2d(filters), nn.BatchNorm2d(channels)

    def forward(self, x):
        for layer, norm in ((self.depthwise, self.norm1), (self.pointwise, self.norm2)):
            x = norm(layer(x)).relu()
        return x

separable_in_training, separable_in_evaluation, separable_slopes = (  # for the checks
    separable_functions(DepthwiseSeparable)
)
