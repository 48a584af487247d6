# loses 14-grad-cam-tests: takes the size of the sum
# told: you took their size

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    alpha = gradients.mean(axis=(1, 2))
    out = np.zeros(maps.shape[1:])
    for a, each in zip(alpha, maps):
        out += a * each
    return np.abs(out)
