# loses nothing: a small network with batch norm and global average pooling, trained on halves
# %% grade_id="10-learn"
from torch import nn


def learn(x, y, new):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        seen, asked = (F.avg_pool2d(torch.from_numpy(a) / 128 - 0.7, 2) for a in (x, new))
        labels = torch.from_numpy(y)
        network = nn.Sequential(
            nn.Conv2d(3, 32, 3), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 48, 3), nn.BatchNorm2d(48), nn.ReLU(),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(48, 10),
        )
        steps = 150
        optimiser = torch.optim.Adam(network.parameters(), lr=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda done: 1 - done / steps)
        for _ in range(steps):
            some = torch.randint(len(y), (64,))
            flipped = seen[some].flip(3) if torch.rand(()) < 0.5 else seen[some]
            optimiser.zero_grad()
            F.cross_entropy(network(flipped), labels[some]).backward()
            optimiser.step()
            schedule.step()
        network.eval()
        with torch.no_grad():
            return network(asked).argmax(dim=1)
