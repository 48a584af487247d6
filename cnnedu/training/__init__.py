"""Training on CIFAR-10."""
