# loses 09-classifier-tests: rounds the size up
# told: Pooling rounds down

# %% grade_id="09-classifier"
class ImageClassifier(nn.Module):
    def __init__(self, size=224, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.dense1 = nn.Linear(64 * round(size / 4 + 0.25) ** 2, 128)
        self.dense2 = nn.Linear(128, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2, ceil_mode=True)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2, ceil_mode=True)
        x = F.relu(self.dense1(x.flatten(start_dim=1)))
        return self.dense2(x)

classifier_shapes, classifier_scores = classifier_functions(ImageClassifier)  # for the checks
