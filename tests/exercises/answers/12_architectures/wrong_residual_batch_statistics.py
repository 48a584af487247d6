# loses 12-residual-tests: always uses the batch's own statistics
# told: In evaluation mode the norms still use the batch's own mean and variance

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
        out = F.relu(F.batch_norm(self.conv1(x), None, None, self.norm1.weight, self.norm1.bias, True))
        out = F.batch_norm(self.conv2(out), None, None, self.norm2.weight, self.norm2.bias, True)
        return F.relu(out + (x if self.same else F.batch_norm(self.conv3(x), None, None, self.norm3.weight, self.norm3.bias, True)))

residual_in_training, residual_in_evaluation, residual_slopes = (  # for the checks
    residual_functions(ResidualBlock)
)
