"""Networks in PyTorch, one short file each, and their pretrained weights."""
