"""The engine of `cnnedu train`, and one training loop for small networks.

What to do:
    settings      every value that decides how a run ends, and its limits
    recipes       networks with their settings, by name: classic, fast, record
How it is done, from the outside in:
    loop          `train`: epochs, progress, the folder of a run; resumes after a kill
    run           the state of a run: one epoch, one step, one measurement
    batches       uint8 pictures in, augmented and normalised batches out
    augmentation  flips, shifts, rotations and cut-out for whole batches
    optimisers    Muon, and which optimiser trains which parameters
    schedule      the learning rate over the course of a run
    evaluate      loss and accuracy, also over several views of each picture
What is written:
    checkpoint    the whole state, from which a run resumes
    log           one row per epoch, as CSV, JSON and text
What the machine can do:
    precision     bfloat16 where it is faster
    memory        keeping it from step to step; which batch size fits
    processes     several processes that train one network, under torchrun
    operations    how much arithmetic a recipe takes
Beside the engine:
    fitting       `fit` and `teach`: small PyTorch networks on data in memory
"""
