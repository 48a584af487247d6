# loses 04-max-pool2d-tests: the reshaping trick, which knows no stride of its own
# told: The windows move by their own size

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    N, C, H, W = x.shape
    OH, OW = H // size, W // size
    x = x[:, :, : OH * size, : OW * size]
    return x.reshape(N, C, OH, size, OW, size).max(axis=(3, 5))
