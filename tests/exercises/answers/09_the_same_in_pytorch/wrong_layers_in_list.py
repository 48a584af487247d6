# loses 09-classifier-tests: a plain list hides the layers from parameters()
# told: there is no conv1.weight: the parameters are none at all

# %% grade_id="09-classifier"
class ImageClassifier(nn.Module):
    def __init__(self, size=224, classes=10):
        super().__init__()
        dense = nn.Linear(64 * (size // 4) ** 2, 128), nn.Linear(128, classes)
        self.layers = [nn.Conv2d(3, 32, 3, padding=1), nn.Conv2d(32, 64, 3, padding=1), *dense]

    def forward(self, x):
        conv1, conv2, dense1, dense2 = self.layers
        x = F.max_pool2d(F.relu(conv2(F.max_pool2d(F.relu(conv1(x)), 2))), 2)
        return dense2(F.relu(dense1(x.flatten(1))))

classifier_shapes, classifier_scores = classifier_functions(ImageClassifier)  # for the checks
