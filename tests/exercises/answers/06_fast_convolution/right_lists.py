# loses nothing: nested lists, generators, a progress bar

# %% grade_id="06-copies"
from tqdm import tqdm


def copies(H, W, KH, KW, stride):
    rows = [0] * H
    for top in tqdm(range(0, H - KH + 1, stride)):
        for u in range(KH):
            rows[top + u] += 1
    columns = [0] * W
    for left in range(0, W - KW + 1, stride):
        for v in range(KW):
            columns[left + v] += 1
    return [[a * b for b in columns] for a in rows]

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    OH = len(range(0, x.shape[2] + 2 * padding - w.shape[2] + 1, stride))
    rows = w.reshape(len(w), -1)
    products = (rows @ cols for cols in columns_of(x, w.shape[2:], stride, padding))
    return [[maps.reshape(OH, -1) + bias for maps, bias in zip(product, b)] for product in products]

# %% grade_id="06-review-a"
against_a = [[[[1, 2, 3], [4, 5, 6], [7, 8, 9], [1, 1, 2]]]], 2, 2, 1

# %% grade_id="06-review-b"
against_b = [[[[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6]]]], 1, 2, 2

# %% grade_id="06-review-c"
against_c = [[[[True, 0.5]]]], 1, 1, 1
