# loses 14-grad-cam-tests: doesn't average the gradient

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    return np.maximum((maps * gradients).sum(0), 0)
