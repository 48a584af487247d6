"""A small network library built on the reference kernels: layers, optimisers, schedules, `fit`."""

from cnnedu.nn.fitting import Batch, evaluate, fit, progress_bar, train_step
from cnnedu.nn.initialisation import he_normal
from cnnedu.nn.layers import (
    GELU,
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool2d,
    Parameter,
    ReLU,
    Sequential,
    Sigmoid,
    Tanh,
)
from cnnedu.nn.modes import evaluating
from cnnedu.nn.optimisers import SGD, Adam, AdamW, Optimiser, RMSProp
from cnnedu.nn.schedules import cosine, one_cycle
