# loses 09-classifier-tests: forgets the padding
# told: yours need padding 1

# %% grade_id="09-classifier"
class ImageClassifier(nn.Module):
    def __init__(self, size=224, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=0)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=0)
        self.dense1 = nn.Linear(64 * (((size - 2) // 2 - 2) // 2) ** 2, 128)
        self.dense2 = nn.Linear(128, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv2(F.max_pool2d(F.relu(self.conv1(x)), 2))), 2)
        x = F.relu(self.dense1(x.flatten(start_dim=1)))
        return self.dense2(x)

classifier_shapes, classifier_scores = classifier_functions(ImageClassifier)  # for the checks
