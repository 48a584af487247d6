# loses 12-separable-tests: puts the ReLU before the norm
# told: the ReLU comes after it

# %% grade_id="12-separable"
class DepthwiseSeparable(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)

    def forward(self, x):
        x = self.norm1(F.relu(self.depthwise(x)))
        return self.norm2(F.relu(self.pointwise(x)))

separable_in_training, separable_in_evaluation, separable_slopes = (  # for the checks
    separable_functions(DepthwiseSeparable)
)
