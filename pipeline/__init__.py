"""The work: files in, rows out."""

import os

# The wheels of onnxruntime tell their maker what they run on, and keep a device number in the user's folder, unless this is
# set before they are loaded. Nothing of a paper, nor of who reads it, leaves this machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
