# loses 14-grad-cam-tests: keeps the weights in an array of the gradients' dtype
# told: the first difference is at

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    alpha = np.zeros(len(maps), dtype=gradients.dtype)
    for k in range(len(maps)):
        alpha[k] = gradients[k].mean()
    return np.maximum(np.tensordot(alpha, maps, axes=1), 0)
