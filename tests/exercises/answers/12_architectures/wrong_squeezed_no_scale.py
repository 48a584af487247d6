# loses 12-squeezed-tests: never multiplies by s
# told: You don't use s

# %% grade_id="12-squeezed"
class SqueezedSeparable(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.squeeze = nn.Linear(channels, (channels + 1) // 2)
        self.excite = nn.Linear((channels + 1) // 2, channels)
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)

    def forward(self, x):
        m = F.relu(self.norm1(self.depthwise(x)))
        s = torch.sigmoid(self.excite(F.relu(self.squeeze(m.mean(dim=(2, 3))))))[:, :, None, None]
        return F.relu(self.norm2(self.pointwise(m + 0 * s)))

squeezed_in_training, squeezed_in_evaluation, squeezed_slopes = (  # for the checks
    squeezed_functions(SqueezedSeparable)
)
