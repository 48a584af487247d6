# loses nothing: layers that find their sizes themselves, float() everywhere, a step with a closure

# %% grade_id="09-by-hand"
from decimal import Decimal
from fractions import Fraction
by_hand = [Fraction(6), 12, Decimal("-0.2"), Fraction(-12, 2), 4]

# %% grade_id="09-classifier"
class ImageClassifier(nn.Module):
    def __init__(self, size=224, classes=10):
        super().__init__()
        self.conv1 = nn.LazyConv2d(32, 3, padding=1)
        self.conv2 = nn.LazyConv2d(64, 3, padding=1)
        self.dense1 = nn.LazyLinear(128)
        self.dense2 = nn.LazyLinear(classes)

    def forward(self, x):
        x = x.float()
        for conv in (self.conv1, self.conv2):
            x = nn.functional.adaptive_max_pool2d(conv(x)[..., : x.shape[2] // 2 * 2, : x.shape[3] // 2 * 2].relu(), x.shape[2] // 2)
        x = torch.flatten(x, 1)
        return self.dense2(self.dense1(x).relu())

classifier_shapes, classifier_scores = classifier_functions(ImageClassifier)  # for the checks

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.x, self.y = torch.from_numpy(pictures), torch.tensor(labels)

    def __len__(self):
        return self.x.size(0)

    def __getitem__(self, i):
        return self.x[i].movedim(-1, 0).to(torch.float32).div(255), self.y[i]

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks

# %% grade_id="09-train"
def train_epoch(network, loader, optimiser, device="cpu"):
    network.train()
    criterion = nn.CrossEntropyLoss(reduction="sum")
    sums = torch.zeros(2, dtype=torch.double)
    for x, y in loader:
        x, y = x.float().to(device=device), y.to(device, non_blocking=True)

        def closure():
            optimiser.zero_grad(set_to_none=False)
            out = network(x)
            loss = criterion(out, y) / y.numel()
            loss.backward()
            sums[0] += loss.detach() * y.numel()
            sums[1] += torch.eq(out.max(1).indices, y).sum()
            return loss

        optimiser.step(closure)
    return tuple((sums / len(loader.dataset)).tolist())

after_training = training_function(train_epoch)  # for the checks

# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    network = network.eval()
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    sums = np.zeros(3)
    for x, y in loader:
        out = network(x.to(device)).cpu()
        sums += [F.nll_loss(out.log_softmax(1), y).item() * len(y), (out.numpy().argmax(1) == y.numpy()).sum(), len(y)]
    torch.set_grad_enabled(before)
    return sums[:2] / sums[2]

after_evaluation = evaluation_function(evaluate)  # for the checks
