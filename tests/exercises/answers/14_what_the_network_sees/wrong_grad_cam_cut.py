# loses 14-grad-cam-tests: adds up in an array of the maps' dtype, place by place
# told: cut to whole numbers

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    out = np.zeros(maps.shape[1:], dtype=maps.dtype)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = max(0, sum(g.mean() * m[i, j] for m, g in zip(maps, gradients)))
    return out
