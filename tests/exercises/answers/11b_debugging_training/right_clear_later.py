# loses nothing: clears after each step and once before; shares in place of sums

# %% grade_id="11b-by-hand"
by_hand = np.array([1.94591, 1.16562, 2, 0.004])


# %% grade_id="11b-epoch"
def train_epoch(network, batches, optimiser):
    # zero_grad stood outside the loop
    network.train()
    optimiser.zero_grad()
    total = count = 0
    for x, y in batches:
        loss = F.cross_entropy(network(x), y)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


after_epochs = epochs_function(train_epoch)  # for the checks


# %% grade_id="11b-classifier"
class Classifier(nn.Module):
    def __init__(self, inputs, classes):
        super().__init__()
        self.hidden = nn.Linear(inputs, 32)
        self.out = nn.Linear(32, classes)

    def forward(self, x):
        x = F.relu(self.hidden(x.flatten(start_dim=1)))
        return F.log_softmax(self.out(x), dim=1)

    def probabilities(self, x):
        with torch.no_grad():
            return self(x).exp()


losses, shares = scores_functions(Classifier)  # for the checks


# %% grade_id="11b-prepare"
def prepare(pictures, training):
    mean, std = training.mean(axis=(0, 1, 2)) / 255, training.std(axis=(0, 1, 2)) / 255
    x = (pictures / 255 - mean) / std
    return x.transpose(0, 3, 1, 2)


# %% grade_id="11b-clean"
def clean(pictures, labels):
    pairs = [(p, label) for p, label in zip(pictures, labels) if p.min() < p.max()]
    kept, their_labels = zip(*pairs)
    return np.stack(kept), np.array(their_labels)


pictures_kept, labels_kept = outputs_of(clean, 2)  # for the checks


# %% grade_id="11b-accuracy"
def accuracy(network, x, y):
    was = network.training
    network.eval()
    try:
        with torch.inference_mode():
            answers = torch.cat([network(part).argmax(1) for part in x.split(100)])
    finally:
        network.train(was)
    return (answers == y).double().mean().item()


measured = accuracy_function(accuracy)  # for the checks


# %% grade_id="11b-initialise"
def initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            bound = math.sqrt(6 / fan_in)
            nn.init.uniform_(layer.weight, -bound, bound)
            nn.init.zeros_(layer.bias)


first_weights = weights_function(initialise)  # for the checks


# %% grade_id="11b-parts"
def step_in_parts(network, optimiser, x, y, size):
    optimiser.zero_grad()
    total = 0.0
    parts = list(zip(x.split(size), y.split(size), strict=True))
    for part_x, part_y in parts:
        loss = F.cross_entropy(network(part_x), part_y)
        (loss * len(part_y) / len(y)).backward()
        total += loss.item() * len(part_y)
    optimiser.step()
    return total / len(y)


after_steps = parts_function(step_in_parts)  # for the checks


# %% grade_id="11b-split"
def split(pictures, labels, order):
    pictures, labels = pictures[order], labels[order]
    held = np.arange(len(order)) % 5 == 0
    learn, learn_labels = pictures[~held], labels[~held]
    moved = np.zeros_like(learn)
    moved[:, :, 1:] = learn[:, :, :-1]
    learn = np.concatenate([learn, moved])
    learn_labels = np.concatenate([learn_labels, learn_labels])
    return learn, learn_labels, pictures[held], labels[held]


to_learn, to_hold = split_functions(split)  # for the checks
