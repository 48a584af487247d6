# loses nothing: nested lists, generators, a progress bar, one-dimensional transforms

# %% grade_id="06-im2col"
from tqdm import tqdm


def im2col(x, KH, KW, stride):
    answer = []
    for picture in tqdm(x):
        rows = []
        for channel in picture:
            for u in range(KH):
                for v in range(KW):
                    shifted = channel[u : len(channel) - KH + u + 1, v : channel.shape[1] - KW + v + 1]
                    rows.append(shifted[::stride, ::stride].ravel().tolist())
        answer.append(rows)
    return answer

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    OH = len(range(0, x.shape[2] + 2 * padding - w.shape[2] + 1, stride))
    rows = w.reshape(len(w), -1)
    products = (rows @ cols for cols in columns_of(x, w.shape[2:], stride, padding))
    return [[maps.reshape(OH, -1) + bias for maps, bias in zip(product, b)] for product in products]

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    # Lay the rows one after the other, with gaps, so that one dimension is enough.
    columns = x.shape[1] + w.shape[1] - 1
    long = np.pad(x, ((0, 0), (0, columns - x.shape[1]))).ravel()
    short = np.pad(w, ((0, 0), (0, columns - w.shape[1]))).ravel()
    length = (x.shape[0] + w.shape[0] - 1) * columns
    out = np.fft.irfft(np.fft.rfft(long, 2 * length) * np.fft.rfft(short, 2 * length), 2 * length)
    return out[:length].reshape(-1, columns)
