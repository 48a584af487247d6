# loses 11b-classifier-tests: returns logarithms of probabilities
# told: returns logarithms of probabilities

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
            return self(x)


losses, shares = scores_functions(Classifier)  # for the checks
