# loses 09-classifier-tests: adds a batch norm that isn't asked for
# told: norm.weight isn't needed here

# %% grade_id="09-classifier"
class ImageClassifier(nn.Module):
    def __init__(self, size=224, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.dense1 = nn.Linear(64 * (size // 4) ** 2, 128)
        self.dense2 = nn.Linear(128, classes)
        self.norm = nn.BatchNorm1d(128)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = self.norm(self.dense1(x.flatten(start_dim=1)))
        return self.dense2(F.relu(x))

classifier_shapes, classifier_scores = classifier_functions(ImageClassifier)  # for the checks
