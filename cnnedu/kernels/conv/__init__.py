"""The ways to compute a convolution; `cnnedu.kernels.conv2d` chooses among them."""
