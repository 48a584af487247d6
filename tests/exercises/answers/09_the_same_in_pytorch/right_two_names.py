# loses nothing: layers with second names, names like the checks' own, a progress bar

# %% grade_id="09-by-hand"
by_hand = torch.tensor([6, 12, -0.2, -6, 4])

# %% grade_id="09-classifier"
run, case, check, scores, shapes, LAYERS = 1, 2, 3, 4, 5, 6

class ImageClassifier(nn.Module):
    def __init__(self, size=224, classes=10):
        super().__init__()
        self.convolutions = nn.ModuleList([nn.Conv2d(3, 32, 3, padding=1), nn.Conv2d(32, 64, 3, padding=1)])
        self.conv1, self.conv2 = self.convolutions
        with torch.no_grad():
            inputs = self.features(torch.zeros(1, 3, size, size)).numel()
        self.dense1 = nn.Linear(inputs, 128)
        self.dense2 = nn.Linear(128, classes)
        self.head = nn.Sequential(nn.Flatten(), self.dense1, nn.ReLU(), self.dense2)

    def features(self, x):
        for conv in self.convolutions:
            x = F.max_pool2d(torch.maximum(conv(x), torch.zeros(())), 2)
        return x

    def forward(self, x):
        return self.head(self.features(x))

classifier_shapes, classifier_scores = classifier_functions(ImageClassifier)  # for the checks

# %% grade_id="09-dataset"
def to_tensor(picture):
    return torch.tensor(np.ascontiguousarray(picture.transpose(2, 0, 1)), dtype=torch.float) * (1 / 255)

class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pairs = list(zip(pictures, labels))

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, i):
        picture, label = self.pairs[i]
        return [to_tensor(picture), label]

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks

# %% grade_id="09-train"
from tqdm import tqdm

def train_epoch(network, loader, optimiser, device="cpu"):
    network.train()
    results = []
    for batch in tqdm(loader, leave=False):
        pictures, labels = [part.to(torch.device(device)) for part in batch]
        network.zero_grad()
        scores = network(pictures)
        loss = nn.CrossEntropyLoss()(scores, labels)
        loss.backward()
        optimiser.step()
        results.append((loss.item(), (scores.argmax(-1) == labels).float().mean().item(), len(labels)))
    losses, accuracies, sizes = np.array(results).T
    return np.average(losses, weights=sizes), np.average(accuracies, weights=sizes)

after_training = training_function(train_epoch)  # for the checks

# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    with torch.no_grad():
        network.eval()
        pairs = [(network(x.to(device)), y.to(device)) for x, y in loader]
    scores, labels = (torch.cat(parts) for parts in zip(*pairs))
    return F.cross_entropy(scores, labels), (scores.argmax(1) == labels).float().mean()

after_evaluation = evaluation_function(evaluate)  # for the checks
