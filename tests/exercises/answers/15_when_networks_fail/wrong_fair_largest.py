# loses 15-fair-tests: the worst candidate
# told: You chose the largest loss

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    best = np.argmax(losses[:, kept].mean(axis=1))
    return np.array([best, losses[best, ~kept].mean()])
