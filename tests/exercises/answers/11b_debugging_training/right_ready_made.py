# loses nothing: uses what PyTorch has

# %% grade_id="11b-epoch"
def train_epoch(network, batches, optimiser):
    network.train()
    losses = []
    for x, y in batches:
        network.zero_grad()
        each = F.cross_entropy(network(x), y, reduction="none")
        each.mean().backward()
        optimiser.step()
        losses.append(each.detach())
    return torch.cat(losses).mean().item()


after_epochs = epochs_function(train_epoch)  # for the checks


# %% grade_id="11b-classifier"
class Classifier(nn.Module):
    def __init__(self, inputs, classes):
        super().__init__()
        self.hidden = nn.Linear(inputs, 32)
        self.out = nn.Linear(32, classes)

    def forward(self, x):
        x = F.relu(self.hidden(x.flatten(start_dim=1)))
        return self.out(x)

    def probabilities(self, x):
        return self(x).detach().softmax(dim=1)


losses, shares = scores_functions(Classifier)  # for the checks


# %% grade_id="11b-prepare"
def prepare(pictures, training):
    x = torch.from_numpy(np.array(pictures)).permute(0, 3, 1, 2).double()
    learnt = torch.from_numpy(np.array(training)).double()
    mean = learnt.mean(dim=(0, 1, 2))[:, None, None]
    std = learnt.std(dim=(0, 1, 2), unbiased=False)[:, None, None]
    return ((x - mean) / std).numpy()


# %% grade_id="11b-clean"
def clean(pictures, labels):
    empty = np.ptp(pictures.reshape(len(pictures), -1), axis=1) == 0
    return np.delete(pictures, empty.nonzero()[0], axis=0), np.delete(labels, empty.nonzero()[0])


pictures_kept, labels_kept = outputs_of(clean, 2)  # for the checks


# %% grade_id="11b-accuracy"
@torch.no_grad()
def accuracy(network, x, y):
    before = network.training
    network.train(False)
    right = sum((network(p).argmax(1) == q).sum() for p, q in zip(x.split(64), y.split(64)))
    network.train(before)
    return right.item() / len(y)


measured = accuracy_function(accuracy)  # for the checks


# %% grade_id="11b-initialise"
def initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)


first_weights = weights_function(initialise)  # for the checks


# %% grade_id="11b-parts"
def step_in_parts(network, optimiser, x, y, size):
    optimiser.zero_grad()
    losses = []
    for some in torch.arange(len(y)).split(size):
        each = F.cross_entropy(network(x[some]), y[some], reduction="none")
        each.sum().div(len(y)).backward()
        losses.append(each.detach())
    optimiser.step()
    return torch.cat(losses).mean()


after_steps = parts_function(step_in_parts)  # for the checks


# %% grade_id="11b-split"
def split(pictures, labels, order):
    held = order[::5]
    learn = np.setdiff1d(order, held)
    moved = np.pad(pictures[learn], ((0, 0), (0, 0), (1, 0)))[:, :, :-1]
    return (
        np.concatenate([pictures[learn], moved]),
        np.tile(labels[learn], 2),
        pictures[held],
        labels[held],
    )


to_learn, to_hold = split_functions(split)  # for the checks
