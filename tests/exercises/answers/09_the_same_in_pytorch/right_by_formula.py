# loses nothing: layers built in a loop, softmax and accuracy by formula, a generator of batches

# %% grade_id="09-by-hand"
by_hand = {0: 6, 1: 12, 2: -0.2, 3: -6, 4: 4}
by_hand = [by_hand[key] for key in sorted(by_hand)]

# %% grade_id="09-classifier"
class Block(nn.Module):
    def forward(self, x):
        N, C, H, W = x.shape
        x = x[:, :, : H - H % 2, : W - W % 2].reshape(N, C, H // 2, 2, W // 2, 2)
        return torch.where(x > 0, x, 0).amax(dim=(3, 5))

class ImageClassifier(nn.Module):
    sizes = (3, 32, 64)

    def __init__(self, size=224, classes=10):
        super().__init__()
        for number, (inputs, outputs) in enumerate(zip(self.sizes, self.sizes[1:]), start=1):
            setattr(self, f"conv{number}", nn.Conv2d(inputs, outputs, 3, 1, "same", 1, 1, True))
        for _ in range(2):
            size = int(np.floor(size / 2))
        self.dense1, self.dense2 = nn.Linear(self.sizes[-1] * size * size, 128), nn.Linear(128, classes)
        self.small = Block()

    def forward(self, x):
        x = self.small(self.conv2(self.small(self.conv1(x))))
        hidden = torch.einsum("nchw,kchw->nk", x, self.dense1.weight.view(128, *x.shape[1:])) + self.dense1.bias
        return F.relu(hidden) @ self.dense2.weight.T + self.dense2.bias

classifier_shapes, classifier_scores = classifier_functions(ImageClassifier)  # for the checks

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, [int(label) for label in labels]
        self.table = torch.arange(256) / 255

    def __len__(self):
        return sum(1 for _ in self.labels)

    def __getitem__(self, i):
        picture = np.einsum("ijc->cij", self.pictures[i])
        return self.table[torch.tensor(picture).long()], torch.tensor(self.labels[i])

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks

# %% grade_id="09-train"
def moved(loader, device):
    yield from ((x.to(device), y.to(device)) for x, y in loader)

def cross_entropy(scores, labels):
    top = scores.max(dim=1, keepdim=True).values
    logarithms = scores - top - (scores - top).exp().sum(dim=1, keepdim=True).log()
    return -(logarithms * F.one_hot(labels, scores.shape[1])).sum(dim=1)

def hits(scores, labels):
    return sum(int(row.argmax()) == int(label) for row, label in zip(scores, labels))

def train_epoch(network, loader, optimiser, device="cpu"):
    network.train()
    sums = [0, 0, 0]
    for x, y in moved(loader, device):
        optimiser.zero_grad()
        out = network(x)
        losses = cross_entropy(out, y)
        torch.autograd.backward(losses.mean())
        optimiser.step()
        sums = [a + b for a, b in zip(sums, (losses.detach().sum().item(), hits(out, y), len(x)))]
    return [sums[0] / sums[2], sums[1] / sums[2]]

after_training = training_function(train_epoch)  # for the checks

# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    network.eval()
    sums = [0, 0, 0]
    with torch.inference_mode():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            out = network(x)
            losses = cross_entropy(out, y)
            sums = [a + b for a, b in zip(sums, (float(losses.sum()), hits(out, y), len(x)))]
    return sums[0] / sums[2], sums[1] / sums[2]

after_evaluation = evaluation_function(evaluate)  # for the checks
