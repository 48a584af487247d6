# loses 12-residual-tests: normalises the sum
# told: `norm2` comes before the addition

# %% grade_id="12-residual"
class ResidualBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.same = channels == filters and stride == 1
        if not self.same:
            self.conv3 = nn.Conv2d(channels, filters, 1, stride, bias=False)
            self.norm3 = nn.BatchNorm2d(filters)

    def forward(self, x):
        out = self.conv2(F.relu(self.norm1(self.conv1(x))))
        return F.relu(self.norm2(out + (x if self.same else self.norm3(self.conv3(x)))))

residual_in_training, residual_in_evaluation, residual_slopes = (  # for the checks
    residual_functions(ResidualBlock)
)
