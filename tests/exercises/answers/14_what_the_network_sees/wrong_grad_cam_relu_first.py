# loses 14-grad-cam-tests: cuts each map off before the sum
# told: The ReLU comes after the sum

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    out = np.zeros(maps.shape[1:])
    for map_, gradient in zip(maps, gradients):
        out += np.maximum(gradient.mean() * map_, 0)
    return out
