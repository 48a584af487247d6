# loses nothing: windows as a generator, tensordot, one long np.convolve

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    def rows(p):
        H, W = p.shape[1:]
        for c in p:
            for u in range(KH):
                for v in range(KW):
                    yield [c[i+u,j+v] for i in range(0,H-KH+1,stride) for j in range(0,W-KW+1,stride)]
    return tuple(list(rows(p)) for p in x)

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    xp = np.pad(x, [(0,0)]*2+[(padding,)*2]*2)
    v = np.lib.stride_tricks.sliding_window_view(xp, w.shape[2:], axis=(2,3))[:,:,::stride,::stride]
    return np.tensordot(v, w, ((1,4,5),(1,2,3))).transpose(0,3,1,2) + b.reshape(1,-1,1,1)

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    h, v = x.shape[0]+w.shape[0]-1, x.shape[1]+w.shape[1]-1
    a = np.zeros((h,v)); a[:x.shape[0],:x.shape[1]]=x
    b = np.zeros((h,v)); b[:w.shape[0],:w.shape[1]]=w
    return np.convolve(a.ravel(), b.ravel())[:h*v].reshape(h,v)
