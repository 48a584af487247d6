# loses 17-box-iou-tests: the share of the smaller box
# told: not by that of the smaller box

# %% grade_id="17-box-iou"
def box_iou(a, b):
    size = np.minimum(a[:, None, 2:], b[:, 2:]) - np.maximum(a[:, None, :2], b[:, :2])
    area = lambda boxes: (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return size.clip(0).prod(axis=2) / np.minimum(area(a)[:, None], area(b))
