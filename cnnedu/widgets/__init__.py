"""The interactive pieces of the course: each is a page of Python and a page of JavaScript."""

from cnnedu.widgets.attack_slider import AttackSlider
from cnnedu.widgets.backprop_stepper import BackpropStepper
from cnnedu.widgets.calibration_lab import CalibrationLab
from cnnedu.widgets.convolution_stepper import ConvolutionStepper
from cnnedu.widgets.dense_to_convolution import DenseToConvolution
from cnnedu.widgets.digit_pad import DigitPad
from cnnedu.widgets.draw_curve import DrawCurve
from cnnedu.widgets.draw_map import DrawMap
from cnnedu.widgets.feature_atlas import FeatureAtlas
from cnnedu.widgets.graph_stepper import GraphStepper
from cnnedu.widgets.heatmap_viewer import HeatmapViewer
from cnnedu.widgets.im2col_stepper import Im2colStepper
from cnnedu.widgets.kernel_lab import KernelLab
from cnnedu.widgets.kernel_search import KernelSearch
from cnnedu.widgets.network_explorer import NetworkExplorer
from cnnedu.widgets.offline import offline_page
from cnnedu.widgets.pooling_lab import PoolingLab
from cnnedu.widgets.quiz import Question, Quiz, Right, Wrong
from cnnedu.widgets.receptive_field import ReceptiveField
from cnnedu.widgets.recipe_race import RecipeRace
from cnnedu.widgets.shape_calculator import ShapeCalculator
from cnnedu.widgets.shift_lab import ShiftLab
from cnnedu.widgets.training_dashboard import TrainingDashboard
from cnnedu.widgets.training_monitor import TrainingMonitor
