# loses nothing: windows as a generator, tensordot

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    def along(n, k):
        last = (n-k)//stride
        p = np.arange(n)
        first = np.maximum(-(-(p-k+1)//stride), 0)
        return np.maximum(np.minimum(p//stride, last)-first+1, 0)
    return along(H, KH)[:,None]*along(W, KW)

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    xp = np.pad(x, [(0,0)]*2+[(padding,)*2]*2)
    v = np.lib.stride_tricks.sliding_window_view(xp, w.shape[2:], axis=(2,3))[:,:,::stride,::stride]
    return np.tensordot(v, w, ((1,4,5),(1,2,3))).transpose(0,3,1,2) + b.reshape(1,-1,1,1)
