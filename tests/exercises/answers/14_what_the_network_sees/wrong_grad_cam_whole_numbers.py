# loses 14-grad-cam-tests: collects the sum in an array of the maps' dtype
# told: stopped with

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    alpha = gradients.mean(axis=(1, 2))
    out = np.zeros_like(maps[0])
    for a, each in zip(alpha, maps):
        out += a * each
    return np.maximum(out, 0)
