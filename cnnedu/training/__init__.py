"""Training on CIFAR-10: the loop, its checkpoints, its log."""
