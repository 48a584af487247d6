# loses 12-separable-tests: puts the stride into the 1×1 convolution
# told: yours is in `pointwise`

# %% grade_id="12-separable"
class DepthwiseSeparable(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, 3, 1, 1, groups=channels, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.pointwise = nn.Conv2d(channels, filters, 1, stride, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)

    def forward(self, x):
        x = F.relu(self.norm1(self.depthwise(x)))
        return F.relu(self.norm2(self.pointwise(x)))

separable_in_training, separable_in_evaluation, separable_slopes = (  # for the checks
    separable_functions(DepthwiseSeparable)
)
