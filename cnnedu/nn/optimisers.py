"""Optimisers: how to step along the gradient. w is a weight, g its gradient, lr the rate."""

import numpy as np

from cnnedu.kernels.validation import real


class Optimiser:
    """What all optimisers share: the parameters, the learning rate and `step`."""

    def __init__(self, parameters, lr, weight_decay=0.0):
        name = type(self).__name__
        self.parameters = list(parameters)
        self.lr = real(name, "lr", lr, least=0)
        self.weight_decay = real(name, "weight_decay", weight_decay, least=0)
        self.steps = 0
        self.memory = [self.first_memory(p.value) for p in self.parameters]

    def first_memory(self, value):
        """Return what the optimiser remembers of a parameter before the first step."""
        return ()

    def update(self, value, grad, memory):
        """Change `value` in place by one step down the gradient."""
        raise NotImplementedError

    def step(self):
        """Change all parameters by one step down their gradients."""
        self.steps += 1
        for parameter, memory in zip(self.parameters, self.memory, strict=True):
            grad = parameter.grad + self.weight_decay * parameter.value
            self.update(parameter.value, grad, memory)


class SGD(Optimiser):
    """Stochastic gradient descent, with momentum and Nesterov's look-ahead.

    Equation
        v ← momentum · v + g;   w ← w − lr · v;   Nesterov: w ← w − lr · (g + momentum · v)

    Source
        Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and momentum in
        deep learning" (2013), in the form of `torch.optim.SGD`.

    >>> from cnnedu.nn import Parameter
    >>> w = Parameter(np.array([1.0])); w.grad = np.array([2.0])
    >>> SGD([w], lr=0.1).step(); print(w.value)
    [0.8]
    """

    def __init__(self, parameters, lr, momentum=0.0, nesterov=False, weight_decay=0.0):
        if nesterov and not momentum:
            raise ValueError("SGD: nesterov looks ahead along the momentum, which must be above 0")
        self.momentum = real("SGD", "momentum", momentum, least=0)
        self.nesterov = nesterov
        super().__init__(parameters, lr, weight_decay)

    def first_memory(self, value):
        """Return the velocity v = 0."""
        return np.zeros_like(value)

    def update(self, value, grad, velocity):
        """Change the velocity by the gradient, and the value by the velocity."""
        velocity *= self.momentum
        velocity += grad
        value -= self.lr * (grad + self.momentum * velocity if self.nesterov else velocity)


class RMSProp(Optimiser):
    """Divide each step by the recent size of the gradient.

    Equation
        s ← α · s + (1 − α) · g²;   w ← w − lr · g / (√s + eps)

    Source
        Tieleman, Hinton, "Neural networks for machine learning", lecture 6.5 (2012).

    >>> from cnnedu.nn import Parameter
    >>> w = Parameter(np.array([1.0])); w.grad = np.array([5.0])
    >>> RMSProp([w], lr=0.1, alpha=0.0).step(); print(w.value.round(6))
    [0.9]
    """

    def __init__(self, parameters, lr=0.01, alpha=0.99, eps=1e-8, weight_decay=0.0):
        self.alpha = real("RMSProp", "alpha", alpha, least=0, most=1)
        self.eps = real("RMSProp", "eps", eps, least=0)
        super().__init__(parameters, lr, weight_decay)

    def first_memory(self, value):
        """Return the mean square s = 0."""
        return np.zeros_like(value)

    def update(self, value, grad, square):
        """Update the mean square of the gradient and divide by its root."""
        square *= self.alpha
        square += (1 - self.alpha) * grad**2
        value -= self.lr * grad / (np.sqrt(square) + self.eps)


class Adam(Optimiser):
    """Momentum and division by the gradient's recent size, both corrected for starting at 0.

    Equation
        m ← β₁ · m + (1 − β₁) · g;   s ← β₂ · s + (1 − β₂) · g²
        w ← w − lr · (m / (1 − β₁ᵗ)) / (√(s / (1 − β₂ᵗ)) + eps) at step t = 1, 2, …

    Source
        Kingma, Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1.

    >>> from cnnedu.nn import Parameter
    >>> w = Parameter(np.array([1.0])); w.grad = np.array([5.0])
    >>> Adam([w], lr=0.1).step(); print(w.value.round(6))
    [0.9]
    """

    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.betas = [real("Adam", "betas", beta, least=0, most=1) for beta in betas]
        self.eps = real("Adam", "eps", eps, least=0)
        super().__init__(parameters, lr, weight_decay)

    def first_memory(self, value):
        """Return the means of the gradient, m = 0, and of its square, s = 0."""
        return np.zeros_like(value), np.zeros_like(value)

    def update(self, value, grad, means):
        """Update both means and divide one by the root of the other."""
        (mean, square), (beta1, beta2) = means, self.betas
        mean *= beta1
        mean += (1 - beta1) * grad
        square *= beta2
        square += (1 - beta2) * grad**2
        size = np.sqrt(square / (1 - beta2**self.steps)) + self.eps
        value -= self.lr / (1 - beta1**self.steps) * mean / size


class AdamW(Adam):
    """Adam with a weight decay that isn't mixed into the gradient, nor divided by its size.

    Equation
        w ← w − lr · weight_decay · w, then as in `Adam`

    Source
        Loshchilov, Hutter, "Decoupled weight decay regularization" (2019), algorithm 2.

    >>> from cnnedu.nn import Parameter
    >>> w = Parameter(np.array([1.0])); w.grad = np.array([0.0])
    >>> AdamW([w], lr=0.1, weight_decay=0.5).step(); print(w.value)
    [0.95]
    """

    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(parameters, lr, betas, eps)
        self.decay = real("AdamW", "weight_decay", weight_decay, least=0)

    def update(self, value, grad, means):
        """Shrink the value, then step as Adam does."""
        value *= 1 - self.lr * self.decay
        super().update(value, grad, means)
