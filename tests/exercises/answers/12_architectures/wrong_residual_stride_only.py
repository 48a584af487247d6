# loses 12-residual-tests: projects for a stride alone, not for other channels
# told: there is no conv3.weight

# %% grade_id="12-residual"
class ResidualBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.same = stride == 1
        if not self.same:
            self.conv3 = nn.Conv2d(channels, filters, 1, stride, bias=False)
            self.norm3 = nn.BatchNorm2d(filters)

    def forward(self, x):
        out = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
        return F.relu(out + (x if self.same else self.norm3(self.conv3(x))))

residual_in_training, residual_in_evaluation, residual_slopes = (  # for the checks
    residual_functions(ResidualBlock)
)
