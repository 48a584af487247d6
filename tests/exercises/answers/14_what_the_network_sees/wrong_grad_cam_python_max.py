# loses 14-grad-cam-tests: asks Python's max of an array
# told: take one number; you gave a whole array

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    alpha = gradients.mean(axis=(1, 2))
    out = np.zeros(maps.shape[1:])
    for a, each in zip(alpha, maps):
        out += a * each
    return max(out, 0)
