# loses 14-grad-cam-tests: doesn't average the gradient
# told: That is HiResCAM

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    return np.maximum((maps * gradients).sum(0), 0)
