# loses 12-separable-tests: has no ReLU between the two
# told: The ReLU between the two convolutions is missing

# %% grade_id="12-separable"
class DepthwiseSeparable(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)

    def forward(self, x):
        x = self.norm1(self.depthwise(x))
        return F.relu(self.norm2(self.pointwise(x)))

separable_in_training, separable_in_evaluation, separable_slopes = (  # for the checks
    separable_functions(DepthwiseSeparable)
)
