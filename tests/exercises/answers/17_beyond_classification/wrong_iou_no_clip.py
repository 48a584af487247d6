# loses 17-box-iou-tests: two negative sides make a positive area
# told: Boxes that lie apart share nothing

# %% grade_id="17-box-iou"
def box_iou(a, b):
    size = np.minimum(a[:, None, 2:], b[:, 2:]) - np.maximum(a[:, None, :2], b[:, :2])
    shared = size[..., 0] * size[..., 1]
    area = lambda boxes: (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return shared / (area(a)[:, None] + area(b) - shared)
