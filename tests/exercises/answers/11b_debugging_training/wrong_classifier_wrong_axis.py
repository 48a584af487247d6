# loses 11b-classifier-tests: takes the softmax over the pictures
# told: first difference

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
        with torch.no_grad():
            return F.softmax(self(x), dim=0)


losses, shares = scores_functions(Classifier)  # for the checks
