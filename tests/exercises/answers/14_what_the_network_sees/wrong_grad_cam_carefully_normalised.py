# loses 14-grad-cam-tests: divides by the largest number, unless that is 0
# told: the first difference is at

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    alpha = gradients.mean(axis=(1, 2))
    out = np.zeros(maps.shape[1:])
    for a, each in zip(alpha, maps):
        out += a * each
    out = np.maximum(out, 0)
    return out / out.max() if out.max() > 0 else out
