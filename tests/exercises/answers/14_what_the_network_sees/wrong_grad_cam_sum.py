# loses 14-grad-cam-tests: adds the gradient up
# told: not its sum

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    alpha = gradients.sum(axis=(1, 2))
    out = np.zeros(maps.shape[1:])
    for a, each in zip(alpha, maps):
        out += a * each
    return np.maximum(out, 0)
