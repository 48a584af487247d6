# loses nothing: tables of rates and of steps, logaddexp, means moved towards what is new

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    lse = np.logaddexp.reduce(logits.astype(float), axis=1, keepdims=True)
    return (np.exp(logits-lse) - (y[:,None]==np.arange(logits.shape[1])))/len(y)

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, b1, b2, decay):
    m = m+(1-b1)*(g-m); s = s+(1-b2)*(np.square(g)-s)
    return np.stack([(1-lr*decay)*w-lr*m/(1-b1**t)/(np.sqrt(s/(1-b2**t))+1e-8), m, s])

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    table = np.concatenate([np.linspace(0, lr, warm+1)[1:], lr/2*(1+np.cos(np.linspace(0, np.pi, steps-warm+1)))])
    return table[step]

# %% grade_id="08-train"
def train(x, y, weights, order, size, rates, gradients, step):
    W = {k: (w, 0, 0) for k, w in enumerate(weights)}
    n = -(-len(x)//size)
    for i, r in enumerate(rates):
        e, j = divmod(i, n)
        b = order[e][j*size:j*size+size]
        G = gradients(x[b], y[b], [W[k][0] for k in W])
        W = {k: step(W[k][0], G[k], W[k][1], W[k][2], i+1, r) for k in W}
    return [W[k][0] for k in W]


after_training = loop_function(train)  # for the checks
