# loses nothing: a list of layers, sums in lists, NumPy for the pictures

# %% grade_id="09-by-hand"
by_hand = np.array([6, 12, -0.2, -6, 4.0])

# %% grade_id="09-classifier"
class ImageClassifier(nn.Sequential):
    def __init__(self, size=224, classes=10):
        super().__init__()
        half = size // 2
        self.add_module("conv1", nn.Conv2d(3, 32, kernel_size=3, padding="same"))
        self.add_module("relu1", nn.ReLU())
        self.add_module("pool1", nn.MaxPool2d(2))
        self.add_module("conv2", nn.Conv2d(32, 64, kernel_size=3, padding="same"))
        self.add_module("relu2", nn.ReLU())
        self.add_module("pool2", nn.MaxPool2d(2))
        self.add_module("flatten", nn.Flatten())
        self.add_module("dense1", nn.Linear((half // 2) * (half // 2) * 64, 128))
        self.add_module("relu3", nn.ReLU())
        self.add_module("dense2", nn.Linear(128, classes))

classifier_shapes, classifier_scores = classifier_functions(ImageClassifier)  # for the checks

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return self.pictures.shape[0]

    def __getitem__(self, i):
        picture = np.moveaxis(self.pictures[i], -1, 0).astype(np.float32) / np.float32(255)
        return torch.tensor(picture), self.labels[i]

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks

# %% grade_id="09-train"
def train_epoch(network, loader, optimiser, device="cpu"):
    network.train(True)
    losses, hits = [], []
    for batch in loader:
        x, y = (tensor.to(device) for tensor in batch)
        for parameter in network.parameters():
            parameter.grad = None
        out = network(x)
        each = F.cross_entropy(out, y, reduction="none")
        each.mean().backward()
        optimiser.step()
        losses.append(each.detach())
        hits.append(out.argmax(1) == y)
    return torch.cat(losses).mean().item(), torch.cat(hits).double().mean().item()

after_training = training_function(train_epoch)  # for the checks

# %% grade_id="09-evaluate"
@torch.no_grad()
def evaluate(network, loader, device="cpu"):
    network.train(False)
    losses, hits = [], []
    for x, y in loader:
        out = network(x.to(device))
        losses += F.cross_entropy(out, y.to(device), reduction="none").tolist()
        hits += (out.argmax(1) == y.to(device)).tolist()
    return np.mean(losses), np.mean(hits)

after_evaluation = evaluation_function(evaluate)  # for the checks
