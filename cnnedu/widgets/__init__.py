"""The interactive pieces of the course: each is a page of Python and a page of JavaScript."""

from cnnedu.widgets.attack_slider import AttackSlider
from cnnedu.widgets.backprop_stepper import BackpropStepper
from cnnedu.widgets.calibration_lab import CalibrationLab
from cnnedu.widgets.convolution_stepper import ConvolutionStepper
from cnnedu.widgets.digit_pad import DigitPad
from cnnedu.widgets.heatmap_viewer import HeatmapViewer
from cnnedu.widgets.kernel_lab import KernelLab
from cnnedu.widgets.network_explorer import NetworkExplorer
from cnnedu.widgets.offline import offline_page
from cnnedu.widgets.pooling_lab import PoolingLab
from cnnedu.widgets.quiz import Question, Quiz, Right, Wrong
from cnnedu.widgets.receptive_field import ReceptiveField
from cnnedu.widgets.shape_calculator import ShapeCalculator
from cnnedu.widgets.training_dashboard import TrainingDashboard
