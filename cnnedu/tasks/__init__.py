"""Algorithms that lessons teach beside the training of a classifier.

edge_histograms  lesson 10: features made by hand
distortions      lesson 15: pictures turned, scaled, shifted, or with noise added
transfer         lesson 16: a new head, a linear probe, fine-tuning
finetune         `cnnedu finetune`: from a folder of photographs to a network (with frozen_maps,
                 head_training and finetune_report)
page             `cnnedu finetune --page`: a page that classifies pictures in the browser
scenes           lesson 17: scenes with boxes and masks, and the loop that learns from them
segmentation     lesson 17: a class for each pixel
detection        lesson 17: a box and a class for each shape
faces            lesson 17: do two views show the same face?
"""
