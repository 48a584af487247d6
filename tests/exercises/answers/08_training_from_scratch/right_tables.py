# loses nothing: tables of rates and of steps, logaddexp, means moved towards what is new

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    lse = np.logaddexp.reduce(logits.astype(float), axis=1, keepdims=True)
    return (np.exp(logits-lse) - (y[:,None]==np.arange(logits.shape[1])))/len(y)

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, b1, b2):
    m = m+(1-b1)*(g-m); s = s+(1-b2)*(np.square(g)-s)
    return np.stack([w-lr*m/(1-b1**t)/(np.sqrt(s/(1-b2**t))+1e-8), m, s])

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    table = np.concatenate([np.linspace(0, lr, warm+1)[1:], lr/2*(1+np.cos(np.linspace(0, np.pi, steps-warm+1)))])
    return table[step]

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v=0; w=w*1.0; n=-(-len(x)//size)
    for k, r in enumerate(rates):
        e,i = divmod(k,n)
        b=order[e][i*size:i*size+size]
        v = momentum*v + gradient(x[b],y[b],w)
        w -= r*v
    return w
