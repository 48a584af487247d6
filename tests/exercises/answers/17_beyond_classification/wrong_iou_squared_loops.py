# loses 17-box-iou-tests: counts the boxes of a twice
# told: the first difference is at

# %% grade_id="17-box-iou"
def box_iou(a, b):
    out = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(a)):
            both = np.prod(np.maximum(np.minimum(a[i, 2:], b[j, 2:]) - np.maximum(a[i, :2], b[j, :2]), 0))
            out[i, j] = both / (np.prod(a[i, 2:] - a[i, :2]) + np.prod(b[j, 2:] - b[j, :2]) - both)
    return out
