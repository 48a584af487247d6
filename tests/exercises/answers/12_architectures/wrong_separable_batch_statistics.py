# loses 12-separable-tests: always uses the batch's own statistics
# told: In evaluation mode the norms still use the batch's own mean and variance

# %% grade_id="12-separable"
class DepthwiseSeparable(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)

    def forward(self, x):
        x = F.relu(F.batch_norm(self.depthwise(x), None, None, self.norm1.weight, self.norm1.bias, True))
        return F.relu(F.batch_norm(self.pointwise(x), None, None, self.norm2.weight, self.norm2.bias, True))

separable_in_training, separable_in_evaluation, separable_slopes = (  # for the checks
    separable_functions(DepthwiseSeparable)
)
