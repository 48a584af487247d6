# loses 14-grad-cam-tests: keeps only positive gradients
# told: not to the gradients

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    alpha = np.maximum(gradients, 0).mean(axis=(1, 2))
    out = np.zeros(maps.shape[1:])
    for a, each in zip(alpha, maps):
        out += a * each
    return np.maximum(out, 0)
