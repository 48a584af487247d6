# loses 15-fair-tests: reported on all pictures
# told: You reported the loss on all pictures

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    best = np.argmin(losses[:, kept].mean(axis=1))
    return np.array([best, losses[best, :].mean()])
