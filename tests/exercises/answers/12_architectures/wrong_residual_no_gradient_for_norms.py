# loses 12-residual-tests: takes the norms' numbers without their graph
# told: no gradient reaches norm1.weight

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
        out = self.norm2(self.conv2(F.relu(F.batch_norm(self.conv1(x), self.norm1.running_mean, self.norm1.running_var, self.norm1.weight.data, self.norm1.bias.data, self.training))))
        return F.relu(out + (x if self.same else self.norm3(self.conv3(x))))

residual_in_training, residual_in_evaluation, residual_slopes = (  # for the checks
    residual_functions(ResidualBlock)
)
