# loses 15-fgsm-tests: keeps what it computed for a shape
# told: the first difference is at

# %% grade_id="15-fgsm"
pushes = {}


def fgsm(x, gradient, epsilon):
    if x.shape not in pushes:
        pushes[x.shape] = epsilon * np.sign(gradient)
    return np.clip(x + pushes[x.shape], 0, 1)
