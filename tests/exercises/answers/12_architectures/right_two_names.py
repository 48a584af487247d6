# loses nothing: layers with second names, float() in forward, names like the checks' own

# %% grade_id="12-by-hand"
from fractions import Fraction
run, case, check, count, windows = "not the checks' own", 2, 3, 4, 5
places = 14 ** 2
by_hand = [9 * 32 * 64, 9 * 32 * 64 * places, 4 * 64 * places, 32 * 73, 32 * 73 * places, Fraction(9 * 32 * 64, 4)]

# %% grade_id="12-cost"
from math import prod

def size_after(size, kernel_size, stride, padding):
    fits, size = 0, size + 2 * padding
    while size >= kernel_size:
        fits, size = fits + 1, size - stride
    return fits

def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    out = [filters] + [size_after(n, kernel_size, stride, padding) for n in shape[1:]]
    weight = [filters, shape[0] // groups, kernel_size, kernel_size]
    return prod(weight) + (filters if bias else 0), prod(out[1:]) * prod(weight), prod(out) * 4

# %% grade_id="12-kept"
def kept_bytes(shape, layers):
    total, free, C, (H, W) = 0, True, shape[0], shape[1:]
    for layer in layers:
        match layer:
            case ("relu",):
                total, free = total + 4 * C * H * W, False
                continue
            case _ if free:
                total += 4 * C * H * W
        free = True
        match layer:
            case ("conv", F, K, S, P):
                C, H, W = F, size_after(H, K, S, P), size_after(W, K, S, P)
            case ("max pool", k):
                H, W = int(H / k), int(W / k)
                total += 8 * C * H * W
    return total

# %% grade_id="12-residual"
class ResidualBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, kernel_size=3, stride=stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, kernel_size=3, stride=1, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.F = nn.Sequential(self.conv1, self.norm1, nn.ReLU(), self.conv2, self.norm2)
        self.shortcut = nn.Identity()
        if stride != 1 or channels != filters:
            self.conv3 = nn.Conv2d(channels, filters, kernel_size=1, stride=stride, bias=False)
            self.norm3 = nn.BatchNorm2d(filters)
            self.shortcut = nn.Sequential(self.conv3, self.norm3)

    def forward(self, x):
        x = x.float()
        return torch.relu(self.F(x) + self.shortcut(x))

residual_in_training, residual_in_evaluation, residual_slopes = (  # for the checks
    residual_functions(ResidualBlock)
)

# %% grade_id="12-squeezed"
class SqueezedSeparable(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        narrow = channels // 2 + channels % 2
        depthwise = nn.Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False)
        self.parts = nn.ModuleList([depthwise, nn.BatchNorm2d(channels), nn.Conv2d(channels, filters, 1, bias=False), nn.BatchNorm2d(filters)])
        self.depthwise, self.norm1, self.pointwise, self.norm2 = self.parts
        self.squeeze, self.excite = nn.Linear(channels, narrow), nn.Linear(narrow, channels)
        self.gate = nn.Sequential(nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), self.squeeze, nn.ReLU(), self.excite, nn.Sigmoid(), nn.Unflatten(1, (-1, 1, 1)))

    def forward(self, x):
        x = x.float()
        for number, part in enumerate(self.parts):
            x = part(self.gate(x) * x if number == 2 else x)
            if number % 2:
                x = x.relu()
        return x

squeezed_in_training, squeezed_in_evaluation, squeezed_slopes = (  # for the checks
    squeezed_functions(SqueezedSeparable)
)
