# loses nothing: blocks in a Sequential under other names, log-probabilities by hand, inference mode

# %% grade_id="09-by-hand"
by_hand = (6.0, 12.0, -0.2, -6.0, 4.0)

# %% grade_id="09-classifier"
class ImageClassifier(nn.Module):
    def __init__(self, size=224, classes=10):
        super().__init__()
        side = size // 2 // 2
        self.dense2 = nn.Linear(128, classes)
        self.dense1 = nn.Linear(64 * side * side, 128)
        self.conv2 = nn.Conv2d(32, 64, (3, 3), padding=(1, 1))
        self.conv1 = nn.Conv2d(3, 32, (3, 3), padding=(1, 1))
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)

    def forward(self, x):
        for layer in (self.conv1, self.conv2):
            x = self.pool(layer(x)).clamp(min=0)  # ReLU and max pooling may change places
        x = x.reshape(x.shape[0], -1)
        return self.dense2(torch.relu(self.dense1(x)))

classifier_shapes, classifier_scores = classifier_functions(ImageClassifier)  # for the checks

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, i):
        red, green, blue = (torch.tensor(self.pictures[i][:, :, c]) for c in range(3))
        return torch.stack([red, green, blue]) / 255.0, self.labels[i].item()

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks

# %% grade_id="09-train"
def train_epoch(network, loader, optimiser, device="cpu"):
    network.train()
    loss_sum = hits = seen = 0
    for pictures, labels in loader:
        optimiser.zero_grad()
        logarithms = network(pictures.to(device)).log_softmax(dim=1)
        losses = -logarithms[torch.arange(len(labels)), labels.to(device)]
        (losses.sum() / len(labels)).backward()
        optimiser.step()
        loss_sum += float(losses.sum())
        hits += int((logarithms.argmax(dim=1) == labels.to(device)).sum())
        seen += len(labels)
    return loss_sum / seen, hits / seen

after_training = training_function(train_epoch)  # for the checks

# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    network.eval()
    loss_sum = hits = seen = 0
    for pictures, labels in loader:
        with torch.inference_mode():
            scores = network(pictures.to(device))
        logarithms = scores.log_softmax(dim=1)
        loss_sum -= float(logarithms.gather(1, labels.to(device)[:, None]).sum())
        hits += int((scores.argmax(dim=1) == labels.to(device)).sum())
        seen += len(labels)
    return loss_sum / seen, hits / seen

after_evaluation = evaluation_function(evaluate)  # for the checks
